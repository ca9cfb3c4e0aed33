import pLimit from 'p-limit';

/** So many subjects are worked on at once. */
const AT_ONCE = 8;

/** What is told of an event that is to be worked on. */
export type QueuedEvent = {
  _id: string;
  subject: string;
  happenedAt: Date;
  receivedAt: Date;
  fields: Record<string, unknown> | null;
};

/** Where new events go once they are kept. */
export type EventQueue = { push: (event: QueuedEvent) => void };

/**
 * Works on events of one subject in the order they came, and on several subjects at once. An event that is in the queue
 * already is not queued twice. When `work` throws, `onError` hears of it and the next event has its turn.
 */
export function createEventQueue(
  work: (id: string) => Promise<unknown>,
  onError: (error: unknown, id: string) => void = () => undefined,
) {
  const limit = pLimit(AT_ONCE);
  const last = new Map<string, Promise<unknown>>();
  const queued = new Set<string>();
  let isStopped = false;
  const run = async (id: string) => {
    queued.delete(id); // from here on a new push is a new try
    if (!isStopped) await work(id).catch((error: unknown) => onError(error, id));
  };
  const idle = async () => {
    while (last.size > 0) await Promise.all(last.values());
  };
  return {
    push({ _id: id, subject }: Pick<QueuedEvent, '_id' | 'subject'>): void {
      if (isStopped || queued.has(id)) return;
      queued.add(id);
      const before = last.get(subject) ?? Promise.resolve();
      const mine = before.then(() => limit(() => run(id)));
      last.set(subject, mine);
      void mine.then(() => last.get(subject) === mine && last.delete(subject));
    },
    /** How many wait for their turn. */
    size: () => queued.size,
    /** Resolves when nothing is left. */
    idle,
    /** Begins nothing more, and resolves when what is under way has ended; the rest stays in the inbox. */
    async stop(): Promise<void> {
      isStopped = true;
      await idle();
    },
  };
}
