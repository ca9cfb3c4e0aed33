import { createBox } from './keep.ts';

/** Unsigned again within this many ms after going to the door: signing in may not work at all. */
const CIRCLE_MS = 60_000;
/** So often in that time the door is tried. A page loaded again while it is on its way there needs more than one. */
const MOST_TRIES = 3;

const tries = createBox<number[]>(() => sessionStorage, 'genjin.sign-in');

const recentTries = (): number[] => (tries.read() ?? []).filter((at) => Date.now() - at < CIRCLE_MS);

/** Leaves for the login door, which comes back to this very page. */
export function goSignIn(): void {
  tries.keep([...recentTries(), Date.now()]);
  const next = encodeURIComponent(location.pathname + location.search + location.hash);
  location.href = `/auth/login?next=${next}`;
}

/**
 * Whether going to the login door by itself is still worth it, or would run in circles.
 * Without storage nobody could count, so it is not.
 */
export function canSignIn(): boolean {
  const recent = recentTries();
  tries.keep(recent);
  return recent.length < MOST_TRIES && tries.read() !== null;
}

/** To be called when somebody is signed in: the next 401 is a fresh one. */
export const forgetSignIn = (): void => void tries.drop();
