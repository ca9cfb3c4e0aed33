import { computed, inject, provide, shallowRef, watch, type InjectionKey, type Ref } from 'vue';
import { isWithPerson } from './chats.ts';
import { control, ControlError, type PersonId, type SandboxState } from './control.ts';
import { customerOf, isCustomer, staffOf, staffPerson } from './person.ts';
import { T } from './texts.ts';
import { TOUR_TEXT } from './tour-texts.ts';
import { marksInMessages, marksInRelations } from './tour.ts';
import type { Line } from './native-line.ts';
import { useBridge } from './use-bridge.ts';
import { useChats, type Chats } from './use-chats.ts';
import { useIdentity } from './use-identity.ts';
import { useLog } from './use-log.ts';
import { usePages } from './use-pages.ts';
import { useScreen } from './use-screen.ts';
import { useToasts, type Toasts } from './use-toasts.ts';
import { useTour, type Tour } from './use-tour.ts';
import { useWorld, type World } from './use-world.ts';

const NOBODY: SandboxState = {
  corp: { corpId: '', corpName: '', agentId: '', appName: '' },
  person: null,
  surveyHint: null,
  staff: [],
  customers: [],
  relations: [],
};

/** What went wrong, for people. */
const reasonOf = (error: unknown): string => (error instanceof ControlError ? error.message : T.unreachable);

/** A burst of log entries is answered by one reading, this long after its first entry. */
const SETTLE_MS = 250;

function refreshSoon(refresh: () => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  return () => {
    timer ??= setTimeout(() => {
      timer = null;
      void refresh();
    }, SETTLE_MS);
  };
}

/** Ticks the tour off from what the world shows. */
function watchTour(tour: Tour, { mailboxes }: World, state: { value: SandboxState }): void {
  watch([mailboxes, state, tour.sinceMs], () => {
    tour.see(marksInRelations(state.value, tour.sinceMs.value));
    for (const { userid, isLeader } of state.value.staff) {
      const messages = mailboxes.value[staffPerson(userid)] ?? [];
      tour.see(marksInMessages(messages, isLeader, tour.sinceMs.value));
    }
  });
}

function useReading(person: { value: PersonId | null }, world: World) {
  const state = computed(() => (world.view.value.is === 'ready' ? world.view.value.state : NOBODY));
  const me = computed(() => (person.value === null ? undefined : staffOf(state.value, person.value)));
  const customer = computed(() =>
    person.value === null ? undefined : customerOf(state.value, person.value),
  );
  const isCustomerSide = computed(() => person.value !== null && isCustomer(person.value));
  return { state, me, customer, isCustomerSide };
}

type OpenChat = {
  person: Readonly<Ref<PersonId | null>>;
  chats: Chats;
  world: World;
  round: Readonly<Ref<number>>;
};

/** Does what a button promises, says how it went, and reads the world again; false when it was refused. */
function createAct(toasts: Toasts, world: World) {
  return async (work: () => Promise<unknown>, done?: string): Promise<boolean> => {
    try {
      await work();
    } catch (error) {
      toasts.show('failed', T.failed(reasonOf(error)));
      return false;
    }
    if (done !== undefined) toasts.show('done', done);
    await world.refresh();
    return true;
  };
}

/** What frames see of the client, and what they and the composer may do in the open chat. */
function useOpenChat({ person, chats, world, round }: OpenChat) {
  const openKey = computed(() => chats.open.value?.key ?? null);
  const frameRound = computed(() => `${person.value}|${openKey.value}|${round.value}`);
  const say = async (line: Line): Promise<void> => {
    if (person.value === null || !isWithPerson(openKey.value)) return;
    await control.sendChat({ from: person.value, to: openKey.value, ...line });
    await world.refresh();
  };
  const isProfileOpen = shallowRef(false);
  const openProfile = (customer: PersonId): boolean => {
    if (!chats.list.value.some(({ key }) => key === customer)) return false;
    if (openKey.value === customer) isProfileOpen.value = true;
    else chats.choose(customer);
    return true;
  };
  const bridge = useBridge({ person, openKey, say, openProfile }, frameRound);
  return { frameRound, say, isProfileOpen, bridge, pages: usePages(frameRound) };
}

/** Everything the page holds, made once by `App.vue`. */
function createSandbox() {
  const person = shallowRef<PersonId | null>(null);
  const world = useWorld(person);
  const reading = useReading(person, world);
  const { state } = reading;
  const identity = useIdentity(person, state);
  const chats = useChats({ state, person, mailboxes: world.mailboxes });
  const toasts = useToasts();
  const tour = useTour(({ id }) => toasts.show('done', TOUR_TEXT.stepDone(TOUR_TEXT.steps[id].title)));
  const log = useLog(refreshSoon(world.refresh));
  watchTour(tour, world, state);
  watch(person, world.refresh);
  watch([chats.open, world.mailboxes], chats.markSeen);
  return {
    ...reading,
    ...useOpenChat({ person, chats, world, round: identity.round }),
    world,
    person,
    identity,
    chats,
    toasts,
    tour,
    log,
    act: createAct(toasts, world),
    screen: useScreen(),
  };
}

/** What every component may ask for. */
export type Sandbox = ReturnType<typeof createSandbox>;

const KEY: InjectionKey<Sandbox> = Symbol('sandbox');

/** Makes the sandbox and hands it to the components below. */
export function provideSandbox(): Sandbox {
  const sandbox = createSandbox();
  provide(KEY, sandbox);
  return sandbox;
}

/** @throws {Error} outside `App.vue`. */
export function useSandbox(): Sandbox {
  const sandbox = inject(KEY);
  if (!sandbox) throw new Error('useSandbox needs App.vue above it');
  return sandbox;
}
