/** Time as the client sees it: `now` in ms since 1970. Tests bring their own. */
export type WecomClock = { now: () => number; pause: (ms: number) => Promise<void> };

/** The clock on the wall; WeCom's limits run by it, whatever day it is in the book. */
export const REAL_CLOCK: WecomClock = {
  now: () => Date.now(),
  pause: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
};
