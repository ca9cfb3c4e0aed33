import { workOnEvent } from '../callback/work-on-event.ts';
import { replayEvents } from '../flows/events/replay-events.ts';
import { UsageError, type Command } from './command.ts';

/** `replay <id|--failed>` */
export const replayCommand: Command = {
  name: 'replay',
  usage: 'replay <id> | replay --failed',
  summary: 'works again on one kept event (its id, or the beginning of it), or on all that failed',
  options: { failed: { type: 'boolean', about: 'every parked event' } },
  async run(open, { words, options }) {
    const which = whichOf(words, options['failed'] === true);
    const context = await open();
    const ids = await replayEvents(context, which);
    if (ids.length === 0 && which !== 'failed') {
      return { ok: false, data: { replayed: 0 }, text: `没有以 ${which.id} 开头的单一事件` };
    }
    const counts = { done: 0, later: 0, failed: 0, taken: 0 };
    for (const id of ids) counts[await workOnEvent(context, id)] += 1;
    const text = `重放 ${ids.length}：完成 ${counts.done}，稍后重试 ${counts.later}，失败 ${counts.failed}，其他进程处理 ${counts.taken}`;
    return { ok: counts.failed + counts.later === 0, data: { replayed: ids.length, ...counts }, text };
  },
};

/** @throws {UsageError} unless exactly one event, or all that failed, are named */
function whichOf([id, ...rest]: readonly string[], isFailed: boolean): 'failed' | { id: string } {
  if (rest.length > 0 || Boolean(id) === isFailed) throw new UsageError('name one event, or give --failed');
  if (!id) return 'failed';
  if (id.length < 8) throw new UsageError('give at least 8 characters of the id');
  return { id };
}
