import { onMounted, onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import type { CadenceView } from '../../server/api/contract/profile.ts';
import { ApiError, readMe } from '../parts/api.ts';
import { readDue, readProfile } from './api.ts';
import { isWeCom, readChat, type Chat } from '../parts/wx.ts';
import { problemOf, type Check } from './problem.ts';
import { canSignIn, forgetSignIn, goSignIn } from '../parts/sign-in.ts';
import { useArrival } from './use-arrival.ts';
import { goTo, stepNow, useSteps, type Step } from './use-steps.ts';
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

type Enter = (check: Check) => void;

/** Loads what the page is about, and names the check that failed. */
function createBeginning() {
  let chat: Chat | null | undefined; // undefined until it was asked for
  const identify = async (enter: Enter) => {
    enter('sign_in');
    const me = await readMe();
    forgetSignIn();
    chat = chatInAddress();
    if (!chat && isWeCom) {
      enter('agent_config');
      chat = await readChat(me);
    }
    enter('profile');
  };
  const open = async (enter: Enter): Promise<View> => {
    await identify(enter);
    if (!chat) return dueView(FIRST_DUE);
    const profile = await readProfile(chat.externalUserId);
    return { is: 'profile', profile, canSend: chat.canSend, isOtherChat: false };
  };
  /** Another customer than the page was opened for; who it is, is not the open chat's business. */
  const openContact = async (externalUserId: string, enter: Enter): Promise<View> => {
    if (chat === undefined) await identify(enter);
    enter('profile');
    const isChat = chat?.externalUserId === externalUserId;
    const profile = await readProfile(externalUserId);
    return {
      is: 'profile',
      profile,
      canSend: isChat && chat?.canSend === true,
      isOtherChat: Boolean(chat) && !isChat,
    };
  };
  return { open, openContact };
}

/** A missing session sends to the login door; everything else is shown. */
function failedView(error: unknown, check: Check): View {
  if (error instanceof ApiError && error.status === 401 && canSignIn()) {
    goSignIn();
    return { is: 'leaving' };
  }
  return { is: 'failed', problem: problemOf(error, check) };
}

/** The ways to fill the view from scratch; the skeleton stands meanwhile, and an answer that was overtaken is dropped. */
function createLoaders(view: ShallowRef<View>) {
  const beginning = createBeginning();
  let latest = 0;
  const run = async (load: (enter: Enter) => Promise<View>) => {
    const mine = (latest += 1);
    let check: Check = 'sign_in';
    view.value = { is: 'waiting' };
    const next = await load((entered) => (check = entered)).catch((error: unknown) =>
      failedView(error, check),
    );
    if (mine === latest) view.value = next;
  };
  /** Shows a step of the way; null: what the page was opened for. */
  const show = (step: Step): Promise<void> => {
    if (step?.at === 'contact') return run((enter) => beginning.openContact(step.externalUserId, enter));
    if (step?.at === 'due')
      return run((enter) => {
        enter('profile');
        return dueView(FIRST_DUE);
      });
    return run(beginning.open);
  };
  return { beginning, show };
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

/** Shows where the history stands, and goes on from there. */
function useWay(show: (step: Step) => Promise<void>) {
  const step = shallowRef<Step>(stepNow());
  const enter = (next: Step) => {
    step.value = next;
    return show(next);
  };
  const go = (next: Step) => {
    goTo(next);
    return enter(next);
  };
  onMounted(() => show(step.value));
  useSteps(enter);
  return { step, go, back: () => history.back(), reload: () => show(step.value) };
}

/** The sidebar: one view at a time, from the chat, the address, or the due list; what was opened from there leads back. */
export function useSidebar() {
  const view = shallowRef<View>({ is: 'waiting' });
  const { beginning, show } = createLoaders(view);
  const { step, go, back, reload } = useWay(show);

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

  useReturn(refresh);
  useArrival(view, async () => (step.value ? null : beginning.open(() => undefined)));
  return {
    view,
    step,
    reload,
    openDue: () => go({ at: 'due' }),
    openContact: (externalUserId: string) => go({ at: 'contact', externalUserId }),
    back,
    showMoreDue,
    refresh,
    showCadence,
  };
}
