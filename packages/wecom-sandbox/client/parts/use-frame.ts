import { shallowRef, watch, type Ref } from 'vue';
import { pageStatus, watchFrame, type FrameRequest } from '../watch-frame.ts';

/** `status` is the HTTP status of a page that did not open; 0: the browser could not say. */
export type FrameState = 'opening' | 'open' | { status: number };

/** How the page inside a frame fares, and the requests it makes; `round` changes when the frame starts anew. */
export function useFrame(round: Readonly<Ref<unknown>>, onRequest: (request: FrameRequest) => void) {
  const frameState = shallowRef<FrameState>('opening');
  watch(round, () => (frameState.value = 'opening'));
  const onLoad = ({ target }: Event): void => {
    if (!(target instanceof HTMLIFrameElement)) return;
    try {
      const status = pageStatus(target);
      frameState.value = status >= 400 ? { status } : 'open';
      watchFrame(target, onRequest);
    } catch {
      // Only our own pages are framed: what cannot be looked into is the browser's error page.
      frameState.value = { status: 0 };
    }
  };
  return { frameState, onLoad };
}
