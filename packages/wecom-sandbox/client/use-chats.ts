import { computed, shallowRef, type ComputedRef, type Ref } from 'vue';
import { chatsOf, isIncoming, messagesIn, waitingTasks, type Chat, type ChatKey } from './chats.ts';
import type { Message, PersonId, SandboxState } from './control.ts';
import { useMemory } from './use-memory.ts';
import type { Mailboxes } from './use-world.ts';

/** The chat list of the present person. */
export type Chats = {
  list: ComputedRef<Chat[]>;
  /** The open chat; null when none is, or its person is gone. */
  open: ComputedRef<Chat | null>;
  messages: ComputedRef<Message[]>;
  choose: (key: ChatKey | null) => void;
  /** Opens a chat of somebody else, before one becomes them. */
  chooseFor: (person: PersonId, key: ChatKey) => void;
  /** What the badge of a chat counts: unread messages, or mass messages that wait for a word. */
  badgeOf: (person: PersonId, key: ChatKey) => number;
  /** The same for all chats of a person. */
  badgesOf: (person: PersonId) => number;
  /** The open chat was looked at. */
  markSeen: () => void;
};

type Source = {
  state: Readonly<Ref<SandboxState>>;
  person: Readonly<Ref<PersonId | null>>;
  mailboxes: Readonly<Ref<Mailboxes>>;
};

const place = (person: PersonId, key: ChatKey): string => `${person}|${key}`;

function useUnread(mailboxes: Source['mailboxes']) {
  const seen = useMemory<Record<string, number>>('seen', {});
  const since = useMemory('since', Date.now());
  const badgeOf = (person: PersonId, key: ChatKey): number => {
    if (key === 'tasks') return waitingTasks(mailboxes.value[person] ?? []);
    const after = seen.value[place(person, key)] ?? since.value;
    const messages = messagesIn(key, mailboxes.value[person] ?? []);
    return messages.filter((message) => isIncoming(message) && Date.parse(message.at) > after).length;
  };
  const markSeen = (person: PersonId, key: ChatKey): void => {
    const lastMs = Date.parse(messagesIn(key, mailboxes.value[person] ?? []).at(-1)?.at ?? '');
    if (lastMs > (seen.value[place(person, key)] ?? 0))
      seen.value = { ...seen.value, [place(person, key)]: lastMs };
  };
  return { badgeOf, markSeen };
}

/** The chat list of the present person, and which chat each person left open. */
export function useChats({ state, person, mailboxes }: Source): Chats {
  const opened = shallowRef<Record<PersonId, ChatKey | null>>({});
  const { badgeOf, markSeen } = useUnread(mailboxes);
  const mailbox = computed(() => (person.value && mailboxes.value[person.value]) || []);
  const list = computed(() => (person.value ? chatsOf(state.value, person.value, mailbox.value) : []));
  const open = computed(() => {
    const key = person.value ? (opened.value[person.value] ?? null) : null;
    return list.value.find((chat) => chat.key === key) ?? null;
  });
  const chooseFor = (who: PersonId, key: ChatKey | null): void => {
    opened.value = { ...opened.value, [who]: key };
  };
  return {
    list,
    open,
    messages: computed(() => (open.value ? messagesIn(open.value.key, mailbox.value) : [])),
    choose: (key) => person.value && chooseFor(person.value, key),
    chooseFor,
    badgeOf,
    badgesOf: (who) =>
      chatsOf(state.value, who, mailboxes.value[who] ?? []).reduce(
        (sum, { key }) => sum + badgeOf(who, key),
        0,
      ),
    markSeen: () => {
      if (person.value && open.value) markSeen(person.value, open.value.key);
    },
  };
}
