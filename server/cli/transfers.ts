import { collectTransfersJob } from '../../jobs/collect-transfers.ts';
import { runJob } from '../../jobs/run-job.ts';
import type { TransferReport } from '../domain/staff/handover.ts';
import { TRANSFER_KINDS, TRANSFER_STATES } from '../domain/staff/transfer.ts';
import { listTransfers } from '../flows/transfers/list-transfers.ts';
import { spellIds } from '../flows/staff/spell-ids.ts';
import { startTransfer, type TransferRequest } from '../flows/transfers/start-transfer.ts';
import { UsageError, type Command, type Given, type Outcome } from './command.ts';
import { reportUnfinished } from './report-unfinished.ts';

const DEFAULT_LIMIT = 50;
type Open = Parameters<Command['run']>[0];

/** `transfers [--state S]`, `transfers start …`, `transfers collect` */
export const transfersCommand: Command = {
  name: 'transfers',
  usage:
    'transfers [--state STATE] [--limit N] | start --kind on_job|resigned --from A --to B (--accounts ID,ID | --all) | collect',
  summary: 'lists what is handed over between members, hands over, or asks WeCom what became of it',
  options: {
    state: { type: 'string', about: TRANSFER_STATES.join(', ') },
    limit: { type: 'string', about: `how many at the most (default ${DEFAULT_LIMIT})` },
    kind: { type: 'string', about: 'on_job: the owner works here; resigned: the owner has left' },
    from: { type: 'string', about: 'userid of who hands over' },
    to: { type: 'string', about: 'userid of who takes over' },
    accounts: { type: 'string', about: 'ids of accounts, with commas between them' },
    all: { type: 'boolean', about: 'every account, and everybody whom the owner follows' },
  },
  async run(open, given) {
    const [word, ...more] = given.words;
    if (more.length > 0) throw new UsageError('one word is enough: start or collect');
    if (word === undefined) return list(open, given);
    if (word === 'start') return start(open, given);
    if (word === 'collect') return collect(open);
    throw new UsageError(`transfers does not know “${word}”; it takes start, collect or nothing`);
  },
};

async function list(open: Open, { options }: Given): Promise<Outcome> {
  const state = TRANSFER_STATES.find((name) => name === options['state']);
  if (options['state'] !== undefined && !state)
    throw new UsageError(`--state takes one of: ${TRANSFER_STATES.join(', ')}`);
  const limit = Number(options['limit'] ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1) throw new UsageError('--limit takes a whole number');
  const transfers = await listTransfers(await open(), { state, limit, caller: null });
  const lines = transfers.map(({ askedAt, handover, takeover, contact, stateName }) =>
    [askedAt, `${handover.staffId} → ${takeover.staffId}`, contact.externalUserId, stateName].join('  '),
  );
  return { ok: true, data: transfers, text: lines.join('\n') || '没有转接记录' };
}

async function start(open: Open, given: Given): Promise<Outcome> {
  const wish = wishOf(given);
  const context = await open();
  const pair = await spellIds(context, [wish.handoverId, wish.takeoverId]);
  const [handoverId = '', takeoverId = ''] = pair;
  const report = await startTransfer(context, { ...wish, handoverId, takeoverId });
  return { ok: report.problems.length === 0, data: report, text: reportText(report) };
}

/** @throws {UsageError} for what is missing or contradicts itself */
function wishOf({ options }: Given): TransferRequest {
  const kind = TRANSFER_KINDS.find((name) => name === options['kind']);
  if (!kind) throw new UsageError(`--kind takes one of: ${TRANSFER_KINDS.join(', ')}`);
  const [handoverId, takeoverId] = [textOf(options['from']), textOf(options['to'])];
  if (!handoverId || !takeoverId) throw new UsageError('--from and --to take a userid each');
  const ids = textOf(options['accounts'])
    .split(',')
    .map((id) => id.trim())
    .filter(Boolean);
  if (ids.length > 0 === Boolean(options['all'])) throw new UsageError('either --accounts ID,ID or --all');
  return { kind, handoverId, takeoverId, accountIds: options['all'] ? null : ids, askedBy: 'cli' };
}

const textOf = (option: string | boolean | undefined) => (typeof option === 'string' ? option.trim() : '');

function reportText({ started, assigned, problems }: TransferReport): string {
  const lines = [`已发起 ${started} 位联系人的转接，${assigned} 个客户已换负责人`];
  for (const { externalUserId, reason } of problems) lines.push(`未转接 ${externalUserId}：${reason}`);
  return lines.join('\n');
}

async function collect(open: Open): Promise<Outcome> {
  const ran = await runJob(await open(), collectTransfersJob, { byHand: true });
  if (ran.outcome !== 'done') return reportUnfinished('转接结果', ran);
  const { changed = 0, started = 0, failed = 0 } = ran.tally;
  const text = `有 ${changed} 条转接有了新结果；按主管的同意新发起 ${started} 条${failed > 0 ? `；${failed} 项失败` : ''}`;
  return { ok: failed === 0, data: ran.tally, text };
}
