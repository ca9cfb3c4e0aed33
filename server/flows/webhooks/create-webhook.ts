import { randomBytes } from 'node:crypto';
import type { Context } from '../../context.ts';
import { shownAddress, type HookEvent } from '../../domain/system/webhook.ts';
import { AppError } from '../../errors.ts';

type Needs = Pick<Context, 'webhooks' | 'outgoing' | 'audit' | 'now'>;

/** What an administrator asks for. */
type HookWish = { url: string; events: HookEvent[] };

/** So many, so that one change never becomes a flood. */
const MOST_HOOKS = 20;

/** Makes a webhook. The secret of its signatures is told here and nowhere again. @throws {AppError} 400 `bad_url`, 409 `too_many` */
export async function createWebhook(
  { webhooks, outgoing, audit, now }: Needs,
  { url, events }: HookWish,
  by: string,
): Promise<{ id: string; secret: string }> {
  const problem = outgoing.problemOf(url);
  if (problem) throw new AppError(400, 'bad_url', { message: problem });
  if ((await webhooks.all()).length >= MOST_HOOKS)
    throw new AppError(409, 'too_many', { message: `最多 ${MOST_HOOKS} 个 webhook，请先删除不用的` });
  const secret = `whs_${randomBytes(32).toString('base64url')}`;
  const wish = { url, events: [...new Set(events)] };
  const id = await webhooks.create({ ...wish, secret, createdBy: by, createdAt: now() });
  const note = { by, at: now(), act: 'webhook.create', subject: `webhook:${id}` };
  await audit.note([{ ...note, from: null, to: { ...wish, url: shownAddress(url) } }]);
  return { id, secret };
}
