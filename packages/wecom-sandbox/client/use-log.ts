import { onScopeDispose, shallowRef, type Ref, type ShallowRef } from 'vue';
import { control, LOG_STREAM, type LogEntry } from './control.ts';

/** What the product and the platform said to each other. */
export type Log = {
  /** Oldest first, at most 500. */
  entries: Readonly<ShallowRef<LogEntry[]>>;
  isLive: Readonly<Ref<boolean>>;
  clear: () => void;
};

const KEPT = 500;

/** The live log: what is kept first, then server-sent events; `onNews` hears of every new batch. */
export function useLog(onNews: (fresh: LogEntry[]) => void): Log {
  const entries = shallowRef<LogEntry[]>([]);
  const isLive = shallowRef(false);
  let lastSeq = 0;
  const catchUp = (items: LogEntry[]): void => {
    // A restarted platform counts from 1 again.
    if ((items.at(-1)?.seq ?? 0) < lastSeq) {
      lastSeq = 0;
      entries.value = [];
    }
    take(items);
  };
  const take = (items: LogEntry[]): void => {
    const fresh = items.filter(({ seq }) => seq > lastSeq);
    if (fresh.length === 0) return;
    lastSeq = fresh.at(-1)?.seq ?? lastSeq;
    entries.value = [...entries.value, ...fresh].slice(-KEPT);
    onNews(fresh);
  };
  const stream = new EventSource(LOG_STREAM);
  stream.addEventListener('open', () => {
    isLive.value = true;
    // What happened before the stream opened, or while it was cut.
    control.readLog(0).then(catchUp, () => (isLive.value = false));
  });
  stream.addEventListener('message', ({ data }) => take([JSON.parse(data)]));
  stream.addEventListener('error', () => (isLive.value = false));
  onScopeDispose(() => stream.close());
  return { entries, isLive, clear: () => (entries.value = []) };
}
