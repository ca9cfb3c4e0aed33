import { WecomUnreachable } from './error.ts';
import type { WecomWatch } from './watch.ts';

/** A failure says nothing any more after so long without another call. */
const STANDS_MS = 15 * 60_000;

/** Looks over the shoulder of `watch`: whether the latest call reached WeCom. */
export function watchReach(watch: WecomWatch): { watch: WecomWatch; check: () => void } {
  let lost: { path: string; until: number } | null = null;
  return {
    watch: {
      ...watch,
      called(call) {
        if (call.outcome !== 'shut')
          lost =
            call.outcome === 'unreachable' ? { path: call.path, until: performance.now() + STANDS_MS } : null;
        watch.called(call);
      },
    },
    /** @throws {WecomUnreachable} when the latest call got no answer */
    check() {
      if (lost && performance.now() < lost.until)
        throw new WecomUnreachable(lost.path, 'the latest call got no answer', false);
    },
  };
}
