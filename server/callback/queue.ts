import pLimit from 'p-limit';

/** So many subjects are worked on at once. */
const AT_ONCE = 8;

export type EventQueue = ReturnType<typeof createEventQueue>;

/** Works on events of one subject in the order they came, and on several subjects at once. `work` must not throw. */
export function createEventQueue(work: (id: string) => Promise<unknown>) {
  const limit = pLimit(AT_ONCE);
  const last = new Map<string, Promise<unknown>>();
  return {
    push(id: string, subject: string): void {
      const before = last.get(subject) ?? Promise.resolve();
      const mine = before.then(() => limit(() => work(id)));
      last.set(subject, mine);
      void mine.then(() => last.get(subject) === mine && last.delete(subject));
    },
    /** Resolves when nothing is left. */
    async idle(): Promise<void> {
      while (last.size > 0) await Promise.all(last.values());
    },
  };
}
