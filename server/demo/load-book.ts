import type { Context } from '../context.ts';
import { yuanText } from '../domain/money.ts';
import { importAccounts } from '../flows/accounts/import-accounts.ts';
import { loadBook } from '../flows/books/load-book.ts';
import { loadDeals } from '../flows/books/load-deals.ts';
import { importOrders } from '../flows/orders/import-orders.ts';
import type { Book } from './book.ts';

const DAY_MS = 86_400_000;

/**
 * Fills a new sandbox with what a company knows besides WeCom: customers, orders, profiles, follow-ups, last quarter's survey,
 * opportunities, contracts and complaints.
 */
export async function loadSandboxBook(context: Context, book: Book): Promise<void> {
  await importAccounts(
    context,
    numbered(
      book.accounts.map(({ externalId, ownerId, ...rest }) => ({
        ...rest,
        external_id: externalId,
        owner: ownerId,
      })),
    ),
  );
  await importOrders(
    context,
    numbered(
      book.orders.map((order) => ({
        external_id: order.externalId,
        account_external_id: order.accountExternalId,
        product: order.product,
        amount_yuan: yuanText(order.amountFen),
        cost_yuan: yuanText(order.costFen),
        paid_on: order.paidOn,
        kind: order.kind,
      })),
    ),
  );
  const times = book.npsAnswers.map(({ answeredAt }) => answeredAt.getTime());
  const opensAt = new Date(Math.min(...times) - DAY_MS);
  const closesAt = new Date(Math.max(...times) + DAY_MS);
  const survey = {
    name: '上季度满意度',
    programme: 'last-quarter',
    opensAt,
    closesAt,
    answers: book.npsAnswers,
  };
  await loadBook(context, { kdm: book.kdm, followUps: book.followUps, survey });
  await loadDeals(context, book);
  await loadYesterday(context, book);
}

const HOUR_MS = 3_600_000;

/** Somebody who was content last quarter is so no more: a bad mark of yesterday, which nobody has answered yet. */
async function loadYesterday(context: Context, { npsAnswers }: Book): Promise<void> {
  const answeredAt = new Date(context.now().getTime() - 20 * HOUR_MS);
  const who = npsAnswers.find(({ score }) => score === 7);
  const comment = '备件等了三周，停线两天没人给准信';
  const answers = who ? [{ externalUserId: who.externalUserId, score: 4, comment, answeredAt }] : [];
  const opensAt = new Date(answeredAt.getTime() - 2 * DAY_MS);
  const closesAt = new Date(answeredAt.getTime() + HOUR_MS);
  const survey = { name: '交付回访', programme: 'delivery', opensAt, closesAt, answers };
  await loadBook(context, { kdm: [], followUps: [], survey });
}

async function* numbered<Values>(rows: readonly Values[]): AsyncGenerator<{ line: number; values: Values }> {
  for (const [index, values] of rows.entries()) yield { line: index + 2, values };
}
