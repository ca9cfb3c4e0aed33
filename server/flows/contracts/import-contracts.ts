import type { Context } from '../../context.ts';
import {
  milestonesAfter,
  readContract,
  type ContractRow,
  type SaidContract,
} from '../../domain/deals/contract-row.ts';
import type { Contract } from '../../domain/deals/contract.ts';
import { calendarDay, type Day } from '../../domain/calendar.ts';
import { FROM_FILE, type ImportMode, type ImportReport } from '../../domain/imports/import-report.ts';
import type { Numbered, Read } from '../../domain/imports/row-cells.ts';
import type { SaidDeal } from '../imports/deal-customers.ts';
import { importDeals } from '../imports/import-deals.ts';
import type { PaidContract } from '../../store/contracts.ts';

type Needs = Pick<
  Context,
  'accountBook' | 'accounts' | 'announcements' | 'audit' | 'contracts' | 'site' | 'now'
>;

/** Keeps the contracts of a file with their payments as agreed, see `importDeals`; what was paid of them stays. */
export function importContracts(
  context: Needs,
  rows: AsyncIterable<Numbered<ContractRow>>,
  mode: ImportMode = FROM_FILE,
): Promise<ImportReport> {
  const { contracts, now, site } = context;
  const today = calendarDay(now(), site.timeZone);
  return importDeals<ContractRow, SaidContract, Omit<Contract, 'accountId'>, PaidContract>(context, rows, {
    mode,
    kind: {
      noun: 'contract',
      name: '合同',
      read: (row) => saidOf(row, today),
      find: (ids) => contracts.findMany(ids),
      decide({ agreed, ...fields }, { before }) {
        const after = milestonesAfter({ agreed, ...fields }, before?.milestones ?? []);
        return 'problem' in after ? after : { fields: { ...fields, ...after } };
      },
      async save(deals) {
        const stayed: string[] = [];
        for (const { before, deal } of deals) {
          const { _id, ...fields } = deal;
          const version = before ? (before.version ?? 0) : null;
          if (!(await contracts.saveAt(_id, version, fields))) stayed.push(_id);
        }
        return stayed;
      },
    },
  });
}

/** A customer whom nobody knew is known since the contract was signed, or now if it is still to be. */
function saidOf(row: ContractRow, today: Day): Read<SaidDeal<SaidContract>> {
  const read = readContract(row);
  if (!('said' in read)) return read;
  const { externalId: id, said, customer } = read;
  return { id, said, customer, knownOn: said.signedOn < today ? said.signedOn : today, problems: [] };
}
