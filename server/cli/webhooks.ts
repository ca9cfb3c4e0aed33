import { runJob } from '../../jobs/run-job.ts';
import { sendWebhooksJob } from '../../jobs/send-webhooks.ts';
import { listDeliveries } from '../flows/webhooks/list-deliveries.ts';
import { listWebhooks } from '../flows/webhooks/list-webhooks.ts';
import { loadWebhook } from '../flows/webhooks/load-webhook.ts';
import { replayDeliveries } from '../flows/webhooks/replay-deliveries.ts';
import { UsageError, type Command, type Given, type Outcome } from './command.ts';

type Open = Parameters<Command['run']>[0];

const SHOWN = 50;

/** `webhooks`, `webhooks <id>`, `webhooks replay <id> [--since ISO]` */
export const webhooksCommand: Command = {
  name: 'webhooks',
  usage: 'webhooks | webhooks <id> | webhooks replay <id> [--since ISO]',
  summary:
    'lists webhooks, or the messages of one; sends again what was given up, or everything since a time',
  options: {
    since: { type: 'string', about: 'replay everything that happened since then, also what was sent' },
  },
  async run(open, { words, options }) {
    const [word, id, ...more] = words;
    if (more.length > 0) throw new UsageError('name one webhook');
    if (word === 'replay' && id) return replay(open, id, sinceOf(options['since']));
    if (word === 'replay' || id) throw new UsageError('replay takes the id of a webhook');
    return word ? show(open, word) : list(open);
  },
};

async function list(open: Open): Promise<Outcome> {
  const hooks = await listWebhooks(await open());
  const lines = hooks.map(({ id, url, waiting, failed }) => `${id}  ${url}  等待 ${waiting}，放弃 ${failed}`);
  return { ok: true, data: hooks, text: lines.join('\n') || '没有 webhook' };
}

async function show(open: Open, hookId: string): Promise<Outcome> {
  const context = await open();
  const { _id } = await loadWebhook(context, hookId);
  const deliveries = await listDeliveries(context, _id, { limit: SHOWN });
  const lines = deliveries.map(({ happenedAt, event, state, tries, error }) =>
    [happenedAt, event, state, `×${tries}`, error ?? ''].join('  ').trimEnd(),
  );
  return { ok: true, data: deliveries, text: lines.join('\n') || '没有消息' };
}

async function replay(open: Open, hookId: string, since: Date | null): Promise<Outcome> {
  const context = await open();
  const hook = await loadWebhook(context, hookId);
  const replayed = await replayDeliveries(context, hook, { since, by: 'cli' });
  const ran = await runJob(context, sendWebhooksJob, { byHand: true });
  const sent = ran.outcome === 'done' ? (ran.tally['sent'] ?? 0) : 0;
  const text = `重新发送 ${replayed} 条，已送达 ${sent} 条，其余按间隔重试`;
  return { ok: ran.outcome !== 'failed', data: { replayed, sent }, text };
}

/** @throws {UsageError} */
function sinceOf(since: Given['options'][string]): Date | null {
  if (typeof since !== 'string') return null;
  const at = new Date(since);
  if (Number.isNaN(at.getTime())) throw new UsageError('--since takes a time like 2026-11-22T10:00:00+08:00');
  return at;
}
