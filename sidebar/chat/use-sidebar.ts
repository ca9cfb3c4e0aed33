import { onMounted, onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import type { CadenceView } from '../../server/api/contract/profile.ts';
import { ApiError, readMe } from '../parts/api.ts';
import { readDue, readProfile } from './api.ts';
import { isWeCom, readChat, type Chat } from '../parts/wx.ts';
import { problemOf, type Check } from './problem.ts';
import { canSignIn, forgetSignIn, goSignIn } from '../parts/sign-in.ts';
import { useArrival } from './use-arrival.ts';
import type { View } from './view.ts';

/** Out of sight for longer than this many ms, a page is read again when it is looked at. */
const AWAY_MS = 60_000;

/** The contact named in the address, as links in reminders do, whatever chat is open; null when the chat decides. */
function chatInAddress(): Chat | null {
  const externalUserId = new URLSearchParams(location.search).get('contact');
  return externalUserId ? { externalUserId, canSend: false } : null;
}

/** Two screens of a phone first; who wants more gets all that the server gives. */
const FIRST_DUE = 20;
export const MOST_DUE = 200;

const dueView = async (limit: number): Promise<View> => ({ is: 'due', due: await readDue(limit), limit });

/** Loads what the page is about, and names the check that failed. */
async function loadView(enter: (check: Check) => void): Promise<View> {
  enter('sign_in');
  const me = await readMe();
  forgetSignIn();
  let chat = chatInAddress();
  if (!chat && isWeCom) {
    enter('agent_config');
    chat = await readChat(me);
  }
  enter('profile');
  if (!chat) return dueView(FIRST_DUE);
  return { is: 'profile', profile: await readProfile(chat.externalUserId), canSend: chat.canSend };
}

/** A missing session sends to the login door; everything else is shown. */
function failedView(error: unknown, check: Check): View {
  if (error instanceof ApiError && error.status === 401 && canSignIn()) {
    goSignIn();
    return { is: 'leaving' };
  }
  return { is: 'failed', problem: problemOf(error, check) };
}

/** The ways to fill the view from scratch; the skeleton stands meanwhile. */
function createLoaders(view: ShallowRef<View>) {
  const run = async (load: (enter: (check: Check) => void) => Promise<View>) => {
    let check: Check = 'sign_in';
    view.value = { is: 'waiting' };
    try {
      view.value = await load((next) => (check = next));
    } catch (error) {
      view.value = failedView(error, check);
    }
  };
  return {
    reload: () => run(loadView),
    openDue: () =>
      run(async (enter) => {
        enter('profile');
        return dueView(FIRST_DUE);
      }),
  };
}

/** Reads what a view shows once more; null for a view that shows nothing of the server's. */
async function readAgain(view: View): Promise<View | null> {
  if (view.is === 'due') return dueView(view.limit);
  if (view.is !== 'profile') return null;
  return { ...view, profile: await readProfile(view.profile.contact.externalUserId) };
}

/** Whom or what a view is about, to tell whether a late answer still fits. */
const subjectOf = (view: View) => (view.is === 'profile' ? view.profile.contact.externalUserId : view.is);

/** Calls back when the page comes into sight after a while, or out of the browser's back-forward memory. */
function useReturn(onReturn: () => void): void {
  let leftAt = 0;
  const turn = () => {
    if (document.hidden) leftAt = Date.now();
    else if (Date.now() - leftAt > AWAY_MS) onReturn();
  };
  const come = (event: PageTransitionEvent) => event.persisted && onReturn();
  document.addEventListener('visibilitychange', turn);
  window.addEventListener('pageshow', come);
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', turn);
    window.removeEventListener('pageshow', come);
  });
}

/** The sidebar: one view at a time, from the chat, the address, or the due list. */
export function useSidebar() {
  const view = shallowRef<View>({ is: 'waiting' });
  const { reload, openDue } = createLoaders(view);

  /** Reads the same again without a word; what is shown stays when that fails. */
  const refresh = async () => {
    const fresh = await readAgain(view.value).catch(() => null);
    if (fresh && subjectOf(fresh) === subjectOf(view.value)) view.value = fresh;
  };

  /** A follow-up was saved, or a message sent: the new rhythm shows at once, the rest follows. */
  const showCadence = (cadence: CadenceView) => {
    if (view.value.is !== 'profile') return;
    view.value = { ...view.value, profile: { ...view.value.profile, cadence } };
    void refresh();
  };

  /** The due list as long as it gets. @throws {ApiError | NoAnswer} What is shown stays then. */
  const showMoreDue = async () => {
    const fresh = await dueView(MOST_DUE);
    if (subjectOf(fresh) === subjectOf(view.value)) view.value = fresh;
  };

  onMounted(reload);
  useReturn(refresh);
  useArrival(view, () => loadView(() => undefined));
  return { view, reload, openDue, showMoreDue, refresh, showCadence };
}
