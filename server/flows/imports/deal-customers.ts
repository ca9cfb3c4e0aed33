import type { Context } from '../../context.ts';
import { startOfDay, type Day } from '../../domain/calendar.ts';
import { noteNewCustomers, type ImportMode, type ImportReport } from '../../domain/imports/import-report.ts';
import { matchKey } from '../../domain/match-key.ts';
import type { AccountName } from '../../domain/deals/order-row.ts';
import { idInNumber } from '../../domain/imports/own-number.ts';
import { placementOf, type Book } from '../../domain/accounts/placement.ts';

type Needs = Pick<Context, 'accountBook' | 'site'>;

/** What a row says of a deal; `knownOn`: since when its customer is known, if nobody knew them. */
export type SaidDeal<Said> = { id: string; said: Said; customer: AccountName; knownOn: Day };

/** The accounts of the rows; new names get one, unless nothing may be written. `met`: keys of new names in earlier batches. */
export async function bookFor(
  { accountBook, site }: Needs,
  rows: readonly SaidDeal<unknown>[],
  { mode, report, met }: { mode: ImportMode; report: ImportReport; met: Set<string> },
): Promise<Book> {
  const numbers = rows.flatMap(({ customer }) => customer.accountExternalId || []);
  const keys = rows.flatMap(({ customer }) => (customer.accountName ? matchKey(customer.accountName) : []));
  const ids = numbers.flatMap((number) => idInNumber(number) || []);
  const book = await accountBook.find({ numbers, keys, ids });
  const fresh = new Map<string, { name: string; knownSince: Date }>();
  for (const { customer, knownOn } of rows) {
    const placement = placementOf(customer, book);
    if (!('create' in placement) || fresh.has(placement.create)) continue;
    fresh.set(placement.create, {
      name: customer.accountName,
      knownSince: startOfDay(knownOn, site.timeZone),
    });
  }
  noteNewCustomers(
    report,
    [...fresh].map(([key, { name }]) => ({ key, name })),
    met,
  );
  if (fresh.size === 0 || mode.isDryRun) return book;
  const source = { kind: mode.via, detail: '' };
  await accountBook.addNamed([...fresh].map(([nameKey, fields]) => ({ nameKey, source, ...fields })));
  return accountBook.find({ numbers, keys, ids });
}
