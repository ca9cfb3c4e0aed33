import type { Message, PersonId, Relation, SandboxState, Tag } from './control.ts';
import { bareId, customerPerson, isCustomer, staffPerson } from './person.ts';
import { lineOf } from './rich-text.ts';

/** A row of the chat list: the app's messages, the mass-message assistant, or a person. */
export type ChatKey = 'app' | 'tasks' | PersonId;

/** Whether the chat is with a person, not with the app or the assistant. */
export const isWithPerson = (key: ChatKey | null): key is PersonId =>
  key !== null && key !== 'app' && key !== 'tasks';

/** What a row of the chat list shows. */
export type Chat = {
  key: ChatKey;
  name: string;
  /** Whose initials the avatar shows: the person's own name, whatever the remark says. */
  face: string;
  /** The company behind the name; empty when unknown. */
  company: string;
  hue: number;
  preview: string;
  /** When something last happened; null: never. */
  at: string | null;
  /** The customer has deleted the member. */
  isGone: boolean;
  tags: Tag[];
};

/** The two tag groups that the product writes. Source: contract.md "Tags in WeCom". */
export const TIER_GROUP = '客户分层';
export const STAGE_GROUP = '客户阶段';

/** The messages of one chat, oldest first. */
export function messagesIn(key: ChatKey, messages: Message[]): Message[] {
  if (key === 'app') return messages.filter(({ kind }) => kind === 'app');
  if (key === 'tasks') return messages.filter(({ kind }) => kind === 'task');
  return messages.filter((message) => message.kind === 'chat' && message.peer === key);
}

/** Mass messages that wait for the member's word. */
export const waitingTasks = (messages: Message[]): number =>
  messages.filter((message) => message.kind === 'task' && message.status === 'waiting').length;

/** One line that says what a message is. */
export function previewOf(message: Message | undefined): string {
  if (!message) return '';
  if (message.kind === 'app') return lineOf(message.card?.title ?? message.text ?? '');
  return lineOf(message.text) || message.links.map(({ title }) => `[链接] ${title}`).join(' ');
}

/** The relation between a person and the open chat, or undefined. */
export function relationOf(state: SandboxState, person: PersonId, key: ChatKey | null): Relation | undefined {
  if (!isWithPerson(key)) return undefined;
  const [staff, customer] = isCustomer(person) ? [key, person] : [person, key];
  return state.relations.find(
    ({ userid, externalUserId }) => userid === bareId(staff) && externalUserId === bareId(customer),
  );
}

const emptyTags: Tag[] = [];
const blank = { company: '', hue: 0, isGone: false, tags: emptyTags };

function pinned(key: 'app' | 'tasks', name: string, messages: Message[]): Chat {
  const last = messagesIn(key, messages).at(-1);
  return { ...blank, key, name, face: name, preview: previewOf(last), at: last?.at ?? null };
}

function lastIn(
  key: PersonId,
  { createdAt }: Relation,
  messages: Message[],
): Pick<Chat, 'key' | 'preview' | 'at'> {
  const last = messagesIn(key, messages).at(-1);
  return { key, preview: previewOf(last), at: last?.at ?? createdAt };
}

function chatWithCustomer(state: SandboxState, relation: Relation, messages: Message[]): Chat {
  const customer = state.customers.find(({ externalUserId }) => externalUserId === relation.externalUserId);
  const { name = relation.externalUserId, corpName = null, hue = 0 } = customer ?? {};
  return {
    ...lastIn(customerPerson(relation.externalUserId), relation, messages),
    name: relation.remark || name,
    face: name,
    company: relation.remarkCorpName || (corpName ?? ''),
    hue,
    isGone: relation.deletedByCustomer,
    tags: relation.tags,
  };
}

function chatWithStaff(state: SandboxState, relation: Relation, messages: Message[]): Chat {
  const staff = state.staff.find(({ userid }) => userid === relation.userid);
  const { name = relation.userid, hue = 0 } = staff ?? {};
  return {
    ...blank,
    ...lastIn(staffPerson(relation.userid), relation, messages),
    name,
    face: name,
    company: state.corp.corpName,
    hue,
  };
}

const newestFirst = (left: Chat, right: Chat): number =>
  Date.parse(right.at ?? '') - Date.parse(left.at ?? '');

/** The chat list of a person, as their client shows it: the app and the assistant first, then people, newest first. */
export function chatsOf(state: SandboxState, person: PersonId, messages: Message[]): Chat[] {
  const id = bareId(person);
  if (isCustomer(person)) {
    const followers = state.relations.filter((one) => one.externalUserId === id && !one.deletedByCustomer);
    return followers.map((relation) => chatWithStaff(state, relation, messages)).sort(newestFirst);
  }
  const customers = state.relations.filter(({ userid }) => userid === id);
  return [
    pinned('app', state.corp.appName, messages),
    pinned('tasks', '群发助手', messages),
    ...customers.map((relation) => chatWithCustomer(state, relation, messages)).sort(newestFirst),
  ];
}

/** The tag of a group, such as the tier, or undefined. */
export const tagIn = (tags: Tag[], group: string): string | undefined =>
  tags.find(({ groupName }) => groupName === group)?.tagName;

/** Whether somebody else wrote the message. */
export const isIncoming = (message: Message): boolean => message.kind !== 'chat' || !message.fromMe;
