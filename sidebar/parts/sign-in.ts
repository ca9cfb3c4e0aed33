import { createBox } from './keep.ts';

/** Coming back unsigned within this many ms means that signing in does not work: going again would run in circles. */
const CIRCLE_MS = 60_000;
/** A frame that is loaded again while its first visit to the door is under way may go once more. */
const SOON_MS = 5000;

const lastTry = createBox<number>(() => sessionStorage, 'genjin.sign-in');
const isAgain = createBox<number>(() => sessionStorage, 'genjin.sign-in-again');

/** Leaves for the login door, which comes back to this very page. */
export function goSignIn(): void {
  lastTry.keep(Date.now());
  const next = encodeURIComponent(location.pathname + location.search + location.hash);
  location.href = `/auth/login?next=${next}`;
}

/** Whether a first visit to the login door is still worth it. Without storage nobody could tell, so it is not. */
export function canSignIn(): boolean {
  const at = lastTry.read();
  const agoMs = at === null ? Infinity : Date.now() - at;
  if (agoMs < CIRCLE_MS && (agoMs > SOON_MS || isAgain.read() === 1)) return false;
  isAgain.keep(agoMs < CIRCLE_MS ? 1 : 0);
  lastTry.keep(Date.now());
  return lastTry.read() !== null;
}

/** To be called when somebody is signed in: the next 401 is a fresh one. */
export const forgetSignIn = (): void => void lastTry.drop();
