import { EVENT_STATES } from '../domain/system/event.ts';
import { shortId } from '../domain/system/short-id.ts';
import { listEvents, type EventFilter } from '../flows/events/list-events.ts';
import { UsageError, type Command, type Given } from './command.ts';

const DEFAULT_LIMIT = 50;
const ID_SHOWN = 16;
const SUBJECT_SHOWN = 15;

/** `events [--state failed] [--kind click] [--limit N]` */
export const eventsCommand: Command = {
  name: 'events',
  usage: 'events [--state STATE] [--kind KIND] [--limit N]',
  summary: 'lists kept callback events, the newest first',
  options: {
    state: { type: 'string', about: EVENT_STATES.join(', ') },
    kind: { type: 'string', about: 'e.g. change_external_contact.add_external_contact' },
    limit: { type: 'string', about: `how many at the most (default ${DEFAULT_LIMIT})` },
  },
  async run(open, { options }) {
    const events = await listEvents(await open(), filterOf(options));
    return { ok: true, data: events, text: events.map(lineOf).join('\n') || '没有事件' };
  },
};

/** @throws {UsageError} */
function filterOf(options: Given['options']): EventFilter {
  const state = EVENT_STATES.find((name) => name === options['state']) ?? null;
  if (options['state'] !== undefined && !state)
    throw new UsageError(`--state takes one of: ${EVENT_STATES.join(', ')}`);
  const limit = Number(options['limit'] ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1) throw new UsageError('--limit takes a whole number');
  return { state, kind: typeof options['kind'] === 'string' ? options['kind'] : null, limit };
}

type Listed = Awaited<ReturnType<typeof listEvents>>[number];

function lineOf({ id, kind, subject, state, tries, ageSeconds, error }: Listed): string {
  const parts = [id.slice(0, ID_SHOWN), ageText(ageSeconds).padStart(5), state.padEnd(7), `×${tries}`];
  const about = subject.length > SUBJECT_SHOWN ? shortId(subject) : subject;
  return [...parts, kind, about, error ?? ''].join('  ').trimEnd();
}

/** One unit is enough to see whether it is now or long ago. */
function ageText(seconds: number): string {
  if (seconds < 120) return `${seconds}秒前`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)}分前`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)}时前` : `${Math.floor(seconds / 86_400)}天前`;
}
