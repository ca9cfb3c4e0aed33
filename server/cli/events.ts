import { EVENT_STATES } from '../domain/event.ts';
import { listEvents } from '../flows/events/list-events.ts';
import { UsageError, type Command } from './command.ts';

const DEFAULT_LIMIT = 50;

/** `events [--state failed] [--limit N]` */
export const eventsCommand: Command = {
  name: 'events',
  usage: 'events [--state STATE] [--limit N]',
  summary: 'lists kept callback events, the newest first',
  options: {
    state: { type: 'string', about: EVENT_STATES.join(', ') },
    limit: { type: 'string', about: `how many at the most (default ${DEFAULT_LIMIT})` },
  },
  async run(open, { options }) {
    const state = EVENT_STATES.find((name) => name === options['state']) ?? null;
    if (options['state'] !== undefined && !state)
      throw new UsageError(`--state takes one of: ${EVENT_STATES.join(', ')}`);
    const limit = Number(options['limit'] ?? DEFAULT_LIMIT);
    if (!Number.isInteger(limit) || limit < 1) throw new UsageError('--limit takes a whole number');
    const events = await listEvents(await open(), { state, limit });
    const lines = events.map(({ id, kind, state: now, tries, receivedAt, error }) =>
      [receivedAt, now.padEnd(7), `×${tries}`, kind, id.slice(0, 16), error ?? ''].join('  ').trimEnd(),
    );
    return { ok: true, data: events, text: lines.join('\n') || '没有事件' };
  },
};
