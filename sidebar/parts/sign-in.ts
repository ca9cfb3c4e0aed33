import { createBox } from './keep.ts';

/** Coming back unsigned within this many ms means that signing in does not work: going again would run in circles. */
const CIRCLE_MS = 60_000;

const lastTry = createBox<number>(() => sessionStorage, 'genjin.sign-in');

/** Leaves for the login door, which comes back to this very page. */
export function goSignIn(): void {
  lastTry.keep(Date.now());
  const next = encodeURIComponent(location.pathname + location.search + location.hash);
  location.href = `/auth/login?next=${next}`;
}

/** Whether a first visit to the login door is still worth it. Without storage nobody could tell, so it is not. */
export function canSignIn(): boolean {
  const at = lastTry.read();
  if (at !== null && Date.now() - at < CIRCLE_MS) return false;
  lastTry.keep(Date.now());
  return lastTry.read() !== null;
}

/** To be called when somebody is signed in: the next 401 is a fresh one. */
export const forgetSignIn = (): void => void lastTry.drop();
