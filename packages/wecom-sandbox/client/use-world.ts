import { onScopeDispose, shallowRef, type Ref, type ShallowRef } from 'vue';
import { control, type Message, type PersonId, type SandboxState } from './control.ts';
import { staffPerson } from './person.ts';

/** Messages of everybody whose unread marks are shown. */
export type Mailboxes = Readonly<Record<PersonId, Message[]>>;

/** Nothing is half loaded: either there is a state, or a reason why not. */
type WorldView =
  { is: 'waiting' } | { is: 'ready'; state: SandboxState } | { is: 'offline'; message: string };

/** The sandbox as last read. */
export type World = {
  view: Readonly<ShallowRef<WorldView>>;
  mailboxes: Readonly<ShallowRef<Mailboxes>>;
  /** The last attempt failed; what is shown may be old. */
  isStale: Readonly<Ref<boolean>>;
  /** Reads everything again; calls while one runs become one more run. */
  refresh: () => Promise<void>;
};

const POLL_MS = 5000;
/** A corp of the seed has five members; in a large one only the first show unread marks. */
const MAILBOX_LIMIT = 12;

async function readMailboxes(state: SandboxState, person: PersonId | null): Promise<Mailboxes> {
  const staff = state.staff.slice(0, MAILBOX_LIMIT).map(({ userid }) => staffPerson(userid));
  const people = new Set<PersonId>(person === null ? staff : [...staff, person]);
  const boxes = [...people].map(async (one) => [one, await control.readMessages(one)] as const);
  return Object.fromEntries(await Promise.all(boxes));
}

/** Makes `work` run alone: calls during a run are answered by one run after it. */
function coalesced(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const start = (): Promise<void> => {
    running = work().finally(() => (running = null));
    return running;
  };
  return () => {
    if (running === null) return start();
    next ??= running.then(() => {
      next = null;
      return start();
    });
    return next;
  };
}

/** Loads the sandbox's state and messages, and again every 5 s while the page is visible. */
export function useWorld(person: Readonly<Ref<PersonId | null>>): World {
  const view = shallowRef<WorldView>({ is: 'waiting' });
  const mailboxes = shallowRef<Mailboxes>({});
  const isStale = shallowRef(false);
  const refresh = coalesced(async () => {
    try {
      const state = await control.readState();
      mailboxes.value = await readMailboxes(state, person.value);
      view.value = { is: 'ready', state };
      isStale.value = false;
    } catch (error) {
      isStale.value = true;
      if (view.value.is !== 'ready') view.value = { is: 'offline', message: String(error) };
    }
  });
  const timer = setInterval(() => {
    if (document.visibilityState === 'visible') void refresh();
  }, POLL_MS);
  onScopeDispose(() => clearInterval(timer));
  return { view, mailboxes, isStale, refresh };
}
