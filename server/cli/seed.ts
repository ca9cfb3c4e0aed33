import { classifyAccounts } from '../flows/accounts/classify-accounts.ts';
import { seedBook, type SeedReport } from '../flows/books/seed-book.ts';
import { makeLargeBook } from '../demo/make-large-book.ts';
import { UsageError, type Command } from './command.ts';

const MOST_ACCOUNTS = 5_000_000;

/** `seed --accounts N [--seed S] [--add]` */
export const seedCommand: Command = {
  name: 'seed',
  usage: 'seed --accounts N [--seed S] [--add]',
  summary:
    'fills an empty database with a realistic book: members, accounts, contacts, orders, deals, follow-ups',
  options: {
    accounts: { type: 'string', about: `how many accounts, 1 to ${MOST_ACCOUNTS}` },
    seed: { type: 'string', about: 'a whole number; the same number gives the same book (default 1)' },
    add: { type: 'boolean', about: 'also to a database that has accounts; known names are left alone' },
  },
  async run(open, { words, options }) {
    if (words.length > 0) throw new UsageError('seed takes options only');
    const accounts = wholeNumber('accounts', options['accounts'], { from: 1, to: MOST_ACCOUNTS });
    const seed = wholeNumber('seed', options['seed'] ?? '1', { from: 0, to: 999_999 });
    const context = await open();
    const book = makeLargeBook({ seed, accounts, now: context.now() });
    const tell = (report: SeedReport) => showProgress(report, accounts);
    const report = await seedBook(context, book, { adds: options['add'] === true, by: 'cli', tell });
    const { changedIds } = await classifyAccounts(context);
    if (process.stderr.isTTY) process.stderr.write(CLEAR);
    return {
      ok: true,
      data: { ...report, members: book.members.length, classified: changedIds.length },
      text: textOf(report, book.members.length),
    };
  },
};

/** @throws {UsageError} for anything but a whole number in the range */
function wholeNumber(name: string, given: unknown, { from, to }: { from: number; to: number }): number {
  const number = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : Number.NaN;
  if (number >= from && number <= to) return number;
  throw new UsageError(`--${name} takes a whole number from ${from} to ${to}`);
}

const CLEAR = '\r\u001b[K';

/** Where somebody is watching: how far the filling is, on one line that the report replaces. */
function showProgress({ accounts, skipped, orders }: SeedReport, all: number): void {
  if (process.stderr.isTTY) process.stderr.write(`${CLEAR}客户 ${accounts + skipped}/${all}，订单 ${orders}`);
}

function textOf({ accounts, contacts, orders, followUps, skipped }: SeedReport, members: number): string {
  const lines = [
    `已填入客户 ${accounts}，联系人 ${contacts}，订单 ${orders}，跟进 ${followUps}，成员 ${members}`,
  ];
  if (skipped > 0) lines.push(`名称已存在而跳过的客户 ${skipped}`);
  lines.push('分层与阶段已计算；企业微信里没有这些客户，因此不打标签');
  return lines.join('\n');
}
