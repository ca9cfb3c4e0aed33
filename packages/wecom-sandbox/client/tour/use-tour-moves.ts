import { computed, type ComputedRef } from 'vue';
import type { ChatKey } from '../chats.ts';
import { control, type PersonId, type TaskMessage } from '../control.ts';
import { customerPerson, firstPerson, isCustomer, staffOf, staffPerson } from '../person.ts';
import { TOUR_TEXT } from '../tour-texts.ts';
import type { TourStep } from '../tour.ts';
import { useSandbox, type Sandbox } from '../use-sandbox.ts';

/** A button that brings one to where a step happens. */
export type TourMove = { label: string; go: () => void | Promise<void> };

/** Every member's mass messages with the given status, newest first. */
function tasksOf({ state, world }: Sandbox, status: TaskMessage['status']) {
  return state.value.staff.flatMap(({ userid }) =>
    (world.mailboxes.value[staffPerson(userid)] ?? [])
      .filter((message) => message.kind === 'task' && message.status === status)
      .map((task) => ({ staff: staffPerson(userid), task }))
      .toReversed(),
  );
}

function goTo(sandbox: Sandbox, person: PersonId, key: ChatKey | null): void {
  const { chats, identity, screen, act } = sandbox;
  if (key !== null) chats.chooseFor(person, key);
  screen.isTourOpen.value = false;
  screen.tab.value = 'chats';
  if (sandbox.person.value !== person) void act(() => identity.become(person));
}

/** Some member: oneself, or the first seller when one holds a customer's phone. */
function someStaff({ person, state }: Sandbox): PersonId | null {
  return person.value !== null && !isCustomer(person.value) ? person.value : firstPerson(state.value);
}

function toAdd(sandbox: Sandbox): TourMove | null {
  const staff = someStaff(sandbox);
  if (staff === null) return null;
  const go = (): void => {
    goTo(sandbox, staff, null);
    sandbox.screen.isAdding.value = true;
  };
  return { label: TOUR_TEXT.moves.add, go };
}

function toFollow(sandbox: Sandbox): TourMove | null {
  const staff = someStaff(sandbox);
  const relation = sandbox.state.value.relations.find(
    ({ userid, deletedByCustomer }) => staff === staffPerson(userid) && !deletedByCustomer,
  );
  if (staff === null || !relation) return null;
  return {
    label: TOUR_TEXT.moves.follow,
    go: () => {
      const open = sandbox.chats.open.value?.key ?? '';
      const isPersonOpen = sandbox.person.value === staff && open.startsWith('customer:');
      goTo(sandbox, staff, isPersonOpen ? null : customerPerson(relation.externalUserId));
      sandbox.screen.tab.value = 'side';
    },
  };
}

function toNps(sandbox: Sandbox): TourMove | null {
  const waiting = tasksOf(sandbox, 'waiting')[0];
  if (waiting) {
    const name = staffOf(sandbox.state.value, waiting.staff)?.name ?? '';
    return { label: TOUR_TEXT.moves.confirm(name), go: () => goTo(sandbox, waiting.staff, 'tasks') };
  }
  const sent = tasksOf(sandbox, 'sent')[0];
  const recipient = sent?.task.kind === 'task' ? sent.task.recipients[0] : undefined;
  if (!sent || !recipient) return { label: TOUR_TEXT.moves.ask, go: () => ask(sandbox) };
  const phone = customerPerson(recipient.externalUserId);
  return { label: TOUR_TEXT.moves.answer(recipient.name), go: () => goTo(sandbox, phone, sent.staff) };
}

/** Does what an administrator would, and says how many it was for. */
async function ask({ act, toasts }: Sandbox): Promise<void> {
  await act(async () => toasts.show('done', TOUR_TEXT.moves.asked((await control.askNps()).done)));
}

function toDigest(sandbox: Sandbox): TourMove | null {
  const leader = sandbox.state.value.staff.find(({ isLeader }) => isLeader);
  if (!leader) return null;
  return {
    label: TOUR_TEXT.moves.digest(leader.name),
    async go() {
      const { act, toasts } = sandbox;
      const isTold = await act(async () =>
        toasts.show('done', TOUR_TEXT.moves.told((await control.sendDigest()).done)),
      );
      if (isTold) goTo(sandbox, staffPerson(leader.userid), 'app');
    },
  };
}

const MOVES = { add: toAdd, follow: toFollow, nps: toNps, digest: toDigest };

/** Where a step of the tour happens right now; null when there is nothing to go to yet. */
export function useTourMove(id: TourStep['id']): ComputedRef<TourMove | null> {
  const sandbox = useSandbox();
  return computed(() => MOVES[id](sandbox));
}
