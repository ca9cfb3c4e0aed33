import { onMounted, shallowRef } from 'vue';
import type { Me } from '../../server/api/contract/session.ts';
import { ApiError, readMe } from '../parts/api.ts';
import { canSignIn, forgetSignIn, goSignIn } from '../parts/sign-in.ts';
import { problemText } from '../parts/problem-text.ts';

/** Who looks at the console. `leaving`: on the way to sign in; `signedOut`: signing in did not help. */
export type VisitorView =
  | { is: 'waiting' }
  | { is: 'leaving' }
  | { is: 'inside'; me: Me }
  | { is: 'failed'; problem: string; isSignedOut: boolean };

async function findVisitor(): Promise<VisitorView> {
  try {
    const me = await readMe();
    forgetSignIn();
    return { is: 'inside', me };
  } catch (error) {
    const isSignedOut = error instanceof ApiError && error.status === 401;
    if (!isSignedOut || !canSignIn()) return { is: 'failed', problem: problemText(error), isSignedOut };
    goSignIn();
    return { is: 'leaving' };
  }
}

/** Finds out who is there before anything is shown; whoever is not signed in goes to the login door once. */
export function useVisitor() {
  const view = shallowRef<VisitorView>({ is: 'waiting' });
  const reload = async () => {
    view.value = { is: 'waiting' };
    view.value = await findVisitor();
  };
  const retry = () => (view.value.is === 'failed' && view.value.isSignedOut ? goSignIn() : reload());
  onMounted(reload);
  return { view, retry };
}
