import type { Context } from '../context.ts';
import { createEventQueue, type EventQueue } from './queue.ts';
import { createWelcomeLane } from './welcome-lane.ts';
import { workOnEvent } from './work-on-event.ts';

/** Everything that happens to an event after it is kept. */
export type EventWork = EventQueue & {
  /** How many events wait in this process for their turn. */
  size: () => number;
  /** Resolves when nothing is left. */
  idle: () => Promise<void>;
  /** Begins nothing more, and resolves when what is under way has ended. */
  stop: () => Promise<void>;
};

/** One process's hands: welcomes at once, and everything else in the order of its subject. */
export function createEventWork(context: Context): EventWork {
  const lane = createWelcomeLane(context);
  const queue = createEventQueue(
    async (id) => {
      await lane.giveWay();
      await workOnEvent(context, id);
    },
    (error, eventId) => context.log.error({ error, eventId }, 'event neither worked on nor put back'),
  );
  return {
    push(event) {
      lane.push(event);
      queue.push(event);
    },
    size: queue.size,
    idle: async () => void (await Promise.all([lane.idle(), queue.idle()])),
    stop: async () => void (await Promise.all([lane.stop(), queue.stop()])),
  };
}
