import { reactive } from 'vue';
import { replayEvent } from '../api.ts';
import { EVENT } from '../texts.ts';
import { ApiError } from '../../parts/api.ts';
import type { Said } from '../../parts/said.ts';

/** How a replay is told: a word for the toast, and a reason for the row. */
type Told = { say: (said: Said) => void; reload: () => Promise<void> };

/** Replays events one at a time each; what is done leaves the list when it is read again. */
export function useReplay({ say, reload }: Told) {
  const busy = reactive(new Set<string>());
  const replay = async (id: string) => {
    if (busy.has(id)) return;
    busy.add(id);
    try {
      const { outcome } = await replayEvent(id);
      say(outcome === 'done' ? EVENT.outcome.done : { refused: EVENT.outcome[outcome] });
      await reload();
    } catch (error) {
      say({ refused: error instanceof ApiError ? error.message : EVENT.notSent });
    } finally {
      busy.delete(id);
    }
  };
  return { replay, isBusy: (id: string) => busy.has(id) };
}
