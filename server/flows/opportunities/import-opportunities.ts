import type { Context } from '../../context.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { FROM_FILE, type ImportMode, type ImportReport } from '../../domain/imports/import-report.ts';
import {
  opportunityAfter,
  readOpportunity,
  type OpportunityRow,
  type SaidOpportunity,
} from '../../domain/deals/opportunity-row.ts';
import type { Opportunity } from '../../domain/deals/opportunity.ts';
import { membersOf } from '../../domain/imports/owner-cell.ts';
import type { Numbered } from '../../domain/imports/row-cells.ts';
import { importDeals } from '../imports/import-deals.ts';
import type { KeptOpportunity } from '../../store/opportunities.ts';

type Needs = Pick<
  Context,
  'accountBook' | 'accounts' | 'announcements' | 'audit' | 'opportunities' | 'staff' | 'site' | 'now'
>;

type Fields = Omit<Opportunity, 'accountId'>;

/** Keeps the opportunities 商机 of a file, see `importDeals`; stages begin on their own days; see `opportunityAfter`. */
export async function importOpportunities(
  context: Needs,
  rows: AsyncIterable<Numbered<OpportunityRow>>,
  mode: ImportMode = FROM_FILE,
): Promise<ImportReport> {
  const { opportunities, now, site } = context;
  const members = membersOf(await context.staff.all());
  const today = calendarDay(now(), site.timeZone);
  return importDeals<OpportunityRow, SaidOpportunity, Fields, KeptOpportunity>(context, rows, {
    mode,
    kind: {
      noun: 'opportunity',
      name: '商机',
      read(row) {
        const read = readOpportunity(row, { members, today });
        if (!('said' in read)) return read;
        const { externalId: id, said, customer } = read;
        const knownOn = said.stageDays[0]?.day ?? today;
        return { id, said, customer, knownOn, problems: [] };
      },
      find: (ids) => opportunities.findMany(ids),
      decide: (said, { before }) => ({
        fields: opportunityAfter(said, before, { now: now(), timeZone: site.timeZone }),
      }),
      async save(deals) {
        await opportunities.saveAll(deals.map(({ deal }) => deal));
        return [];
      },
    },
  });
}
