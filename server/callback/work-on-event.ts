import type { Context } from '../context.ts';
import { reasonOf, traitsOf } from '../errors.ts';
import type { KeptEvent } from '../store/inbox.ts';
import { handlerOf } from './dispatch.ts';
import { holdLease } from './hold-lease.ts';
import { isGivenUp, nextTry } from './next-try.ts';

/** What became of one try; `taken`: there was nothing to do, e.g. because somebody else is at it. */
export type Worked = 'done' | 'later' | 'failed' | 'taken';

const LONGEST_REASON = 500;

/** The kind of notice that somebody has to change a setting in WeCom. */
const SETTING = 'wecom-setting';

/** So long WeCom is asked again and again within one try; after that others have their turn, and the next try goes on from there. */
const TRY_MS = 20_000;

/**
 * Works once on a kept event: at most one worker at a time, failures tried again later, the last one parked.
 * Handlers may be repeated, so an event whose worker died is simply worked on again.
 *
 * @throws when the database does; the event is then taken over when its lease ends.
 */
export async function workOnEvent(context: Context, id: string): Promise<Worked> {
  const event = await context.inbox.take(id, context.now());
  if (!event) return 'taken';
  const letGo = holdLease(context, event);
  try {
    const outcome = await tryOnce(context, event);
    context.metrics.eventsHandled.inc({ kind: event.kind, outcome });
    return outcome;
  } finally {
    letGo();
  }
}

async function tryOnce(context: Context, event: KeptEvent): Promise<Worked> {
  const { inbox, log, now, metrics, wecom, notices } = context;
  if (isGivenUp(event.faults)) {
    log.error(
      { eventId: event._id, kind: event.kind, tries: event.tries },
      'event given up: its workers died',
    );
    await inbox.park(event, 'every worker that took it died');
    return 'failed';
  }
  try {
    const handle = async () => handlerOf(event.kind)?.(context, { ...event, fields: event.fields ?? {} });
    await wecom.within(TRY_MS, handle);
  } catch (error) {
    return afterFailure(context, event, error);
  }
  const doneAt = now();
  await inbox.finish(event, doneAt);
  if (event.error !== null) await notices.resolve(SETTING, '', doneAt); // what held it up is over
  metrics.eventSeconds.observe({ kind: event.kind }, (doneAt.getTime() - event.receivedAt.getTime()) / 1000);
  return 'done';
}

async function afterFailure(context: Context, event: KeptEvent, error: unknown): Promise<Worked> {
  const { inbox, log, now, notices } = context;
  const { _id: eventId, kind, tries } = event;
  const reason = reasonOf(error).slice(0, LONGEST_REASON);
  const next = nextTry(error, event, now());
  if (traitsOf(error).needsPerson)
    await notices.raise({ kind: SETTING, subject: '', text: settingText(reason) }, now());
  if (next.is === 'never') {
    log.error({ error, eventId, kind, tries }, 'event not worked through');
    await inbox.park(event, reason);
    return 'failed';
  }
  log.warn({ error, eventId, kind, tries, dueAt: next.dueAt }, 'event not worked through yet');
  await inbox.postpone(event, { dueAt: next.dueAt, error: reason, isFault: next.isFault });
  return 'later';
}

/** The reason names the API and the errcode, nobody's data. */
const settingText = (reason: string) =>
  `企业微信拒绝了调用，需要有人改设置：${reason}。请运行 doctor 查看改哪里；事件会保留并自动重试 24 小时`;
