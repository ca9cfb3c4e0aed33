import { sandboxId, sandboxSecret } from './ids.ts';
import type { SandboxCorp } from './corp.ts';
import type { CardControls } from './slices/cards.ts';
import { freshSlices } from './slices/slices.ts';
import type { Slices } from './slices/slices.ts';

/** `staff:<userid>` or `customer:<external_userid>`. */
export type PersonId = string;

/** A link card inside a chat line or a mass message. */
export type LinkCard = { title: string; desc: string; url: string; picurl: string };

/** A card of the app: textcard, or what a template card shows at a glance. */
export type AppCard = { title: string; description: string; url: string; btntxt: string };

/** What has been said: by the app to a member, or between two people. Times in ISO 8601. */
export type KeptMessage =
  | {
      id: string;
      at: string;
      kind: 'app';
      to: string;
      from: string;
      text?: string;
      card?: AppCard;
      controls?: CardControls;
    }
  | { id: string; at: string; kind: 'chat'; from: PersonId; to: PersonId; text: string; links: LinkCard[] };

/** Delivery of one mass message to one customer, or (then `externalUserId` is '') to a group. Status: 0 unsent, 1 sent, 2 not a friend, 3 already had another. */
export type MassRecipient = {
  externalUserId: string;
  chatId?: string;
  status: 0 | 1 | 2 | 3;
  sentAt: number | null;
};

/** One member's part of a mass message, waiting for the member's own confirmation. Times in unix seconds. */
export type MassTask = {
  userid: string;
  status: 'waiting' | 'sent' | 'cancelled';
  sentAt: number | null;
  recipients: MassRecipient[];
};

/** A mass message 企业群发, made through the API unless it has a creator. Times in unix seconds. */
export type MassMessage = {
  msgid: string;
  /** `single` where nothing is said. */
  chatType?: 'single' | 'group';
  /** Whether members may choose other recipients; absent means no. */
  isSelectable?: boolean;
  /** The member who made it for himself; absent for one of the corp. */
  creatorId?: string;
  createdAt: number;
  text: string;
  attachments: Record<string, unknown>[];
  links: LinkCard[];
  tasks: MassTask[];
  remindedAt: number[];
};

/** An element of a callback: a text, or elements inside of it, among which a name may come again. */
export type XmlField = [name: string, value: string | XmlField[]];

/** A callback that has not been accepted yet; `xml` is fixed at the first attempt. */
export type PendingCallback = {
  id: string;
  /** Callbacks of one queue leave one after the other. */
  queue: string;
  createdAt: number;
  /** `event`, or the kind of a message that a member wrote to the app. */
  msgType?: string;
  /** '' for a message. */
  event: string;
  /** '' for the events of an app, which have none. */
  changeType: string;
  /** A member's userid for the events of an app; `sys` where nothing is said; null: no such element. */
  from?: string | null;
  /** Whether the envelope and the event name the app. */
  isOfApp?: boolean;
  fields: XmlField[];
  /** Whether a WelcomeCode shall be added if the rules still allow one. */
  mayWelcome: boolean;
  xml: string | null;
  attempts: number;
};

/** The right to greet a new customer within 20 s. Times in ms. */
export type WelcomeGrant = {
  code: string;
  userid: string;
  externalUserId: string;
  expiresAt: number;
  isUsed: boolean;
};

/** A code of the authorize page. Times in ms. */
export type OAuthCode = { code: string; person: PersonId; scope: string; expiresAt: number; isUsed: boolean };

type Expiring = { value: string; expiresAt: number };

/** Everything that survives a restart; plain JSON. */
export type PlatformState = Slices & {
  corp: SandboxCorp;
  /** How far the platform's clock is ahead of the one it was opened with, ms. */
  clockOffsetMs: number;
  /** Counts everything that got an id; `counters` does so by kind, so that ids of one kind do not hang on another. */
  sequence: number;
  counters: Record<string, number>;
  tokens: Expiring[];
  tickets: (Expiring & { kind: 'jsapi' | 'agent_config' })[];
  codes: OAuthCode[];
  welcomes: WelcomeGrant[];
  messages: KeptMessage[];
  massMessages: MassMessage[];
  pending: PendingCallback[];
};

/** The first day of a corp. */
export function freshState(corp: SandboxCorp): PlatformState {
  return {
    ...freshSlices(corp),
    corp: structuredClone(corp),
    ...emptyState(),
  };
}

/** What no corp brings along; an older file may lack some of it. */
export function emptyState(): Omit<PlatformState, 'corp' | keyof Slices> {
  return {
    clockOffsetMs: 0,
    sequence: 0,
    counters: {},
    tokens: [],
    tickets: [],
    codes: [],
    welcomes: [],
    messages: [],
    massMessages: [],
    pending: [],
  };
}

/** The next id with this prefix. */
export function nextId(state: PlatformState, prefix: string): string {
  return sandboxId(state.corp.seed, prefix, `c${nextCount(state, prefix)}`);
}

/** The next secret of `length` letters. */
export function nextSecret(state: PlatformState, kind: string, length: number): string {
  return sandboxSecret(state.corp.seed, kind, { at: `c${nextCount(state, kind)}`, length });
}

/** Counts within a kind. */
export function nextCount(state: PlatformState, kind: string): number {
  const next = (state.counters[kind] ?? 0) + 1;
  state.counters[kind] = next;
  state.sequence += 1;
  return next;
}
