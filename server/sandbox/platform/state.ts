import { sandboxId, sandboxSecret } from './ids.ts';
import type { SandboxCorp } from './corp.ts';

/** `staff:<userid>` or `customer:<external_userid>`. */
export type PersonId = string;

/** A link card inside a chat line or a mass message. */
export type LinkCard = { title: string; desc: string; url: string; picurl: string };

/** A card of the app: textcard, or what a template card shows at a glance. */
export type AppCard = { title: string; description: string; url: string; btntxt: string };

/** What has been said: by the app to a member, or between two people. Times in ISO 8601. */
export type KeptMessage =
  | { id: string; at: string; kind: 'app'; to: string; from: string; text?: string; card?: AppCard }
  | { id: string; at: string; kind: 'chat'; from: PersonId; to: PersonId; text: string; links: LinkCard[] };

/** Delivery of one mass message to one customer. Status: 0 unsent, 1 sent, 2 not a friend, 3 already had another. */
export type MassRecipient = { externalUserId: string; status: 0 | 1 | 2 | 3; sentAt: number | null };

/** One member's part of a mass message, waiting for the member's own confirmation. Times in unix seconds. */
export type MassTask = {
  userid: string;
  status: 'waiting' | 'sent' | 'cancelled';
  sentAt: number | null;
  recipients: MassRecipient[];
};

/** A mass message 企业群发 made through the API. Times in unix seconds. */
export type MassMessage = {
  msgid: string;
  createdAt: number;
  text: string;
  attachments: Record<string, unknown>[];
  links: LinkCard[];
  tasks: MassTask[];
  remindedAt: number[];
};

/** A callback that has not been accepted yet; `xml` is fixed at the first attempt. */
export type PendingCallback = {
  id: string;
  queue: string;
  createdAt: number;
  event: string;
  changeType: string;
  fields: [name: string, value: string][];
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
export type PlatformState = {
  corp: SandboxCorp;
  /** Counts everything that got an id. */
  sequence: number;
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
    corp: structuredClone(corp),
    sequence: 0,
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
  state.sequence += 1;
  return sandboxId(state.corp.seed, prefix, `n${state.sequence}`);
}

/** The next secret of `length` letters. */
export function nextSecret(state: PlatformState, kind: string, length: number): string {
  state.sequence += 1;
  return sandboxSecret(state.corp.seed, kind, { at: state.sequence, length });
}
