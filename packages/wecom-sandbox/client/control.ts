/** A person of the sandbox, as the control API writes it. */
export type PersonId = `staff:${string}` | `customer:${string}`;

/** A corp tag 企业标签 that a member or the product put on a customer. */
export type Tag = { groupName: string; tagName: string };

/** A member of the corp. */
export type Staff = {
  userid: string;
  name: string;
  position: string;
  department: string;
  isLeader: boolean;
  status: number;
  /** Colour of the avatar, 0–359. */
  hue: number;
};

/** A person outside of the corp, in WeChat or in another WeCom. */
export type Customer = {
  externalUserId: string;
  name: string;
  /** Null for WeChat users: only a WeCom user shows a company and a position. */
  corpName: string | null;
  position: string | null;
  type: number;
  /** Followed by nobody yet, so that they can be added. */
  isStranger: boolean;
  hue: number;
};

/** One member following one customer. */
export type Relation = {
  userid: string;
  externalUserId: string;
  remark: string;
  remarkCorpName: string;
  description: string;
  state: string;
  createdAt: string;
  deletedByCustomer: boolean;
  tags: Tag[];
};

/** Everything that the page shows besides messages; times are ISO 8601. */
export type SandboxState = {
  corp: {
    corpId: string;
    corpName: string;
    agentId: number | string;
    appName: string;
    publicOrigin?: string;
  };
  person: PersonId | null;
  surveyHint: string | null;
  staff: Staff[];
  customers: Customer[];
  relations: Relation[];
};

/** A link card inside a message. */
export type MessageLink = { title: string; desc: string; url: string; picurl: string };
type AppCard = { title: string; description: string; url: string; btntxt: string };

/** What the app said to a member: a text with its `<a href>`, or a card. */
export type AppMessage = { id: string; at: string; kind: 'app'; from: string; text?: string; card?: AppCard };
/** A mass message 群发 that the member confirms, or has confirmed. */
export type TaskMessage = {
  id: string;
  at: string;
  kind: 'task';
  msgid: string;
  text: string;
  links: MessageLink[];
  recipients: { externalUserId: string; name: string }[];
  status: 'waiting' | 'sent' | 'cancelled';
};
/** One line between two people, welcome and confirmed mass messages among them. */
export type ChatMessage = {
  id: string;
  at: string;
  kind: 'chat';
  peer: PersonId;
  fromMe: boolean;
  text: string;
  links: MessageLink[];
};
/** Everything that a chat list can hold. */
export type Message = AppMessage | TaskMessage | ChatMessage;

/** One API call of the product, or one callback to it; `ms` is its duration. */
export type LogEntry = {
  seq: number;
  at: string;
  kind: 'api' | 'callback';
  /** In Chinese. */
  name: string;
  method?: string;
  path?: string;
  /** 0: there was no answer. */
  status: number;
  errcode?: number;
  ms: number;
  note: string;
  detail?: unknown;
};

/** A person to add: a stranger by id, or somebody new by name. `viaHalf`: without verification. */
export type NewCustomer = {
  userid: string;
  externalUserId?: string;
  name?: string;
  corpName?: string;
  state?: string;
  viaHalf?: boolean;
};
/** What a member notes about a customer; an empty text clears it. */
export type Remark = {
  userid: string;
  externalUserId: string;
  remark: string;
  remarkCorpName: string;
  description: string;
};
/** One member and one customer. */
export type RelationKey = { userid: string; externalUserId: string };
export type ChatLine = { from: PersonId; to: PersonId; text: string; links?: MessageLink[] };

/** The control API refused; `message` is Chinese and may be shown. */
export class ControlError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const BASE = '/sandbox/control';
const TIME_LIMIT_MS = 15_000;

/** Where the log comes as server-sent events. */
export const LOG_STREAM = `${BASE}/log/stream`;

async function refusalOf(response: Response): Promise<ControlError> {
  const body: { error?: { code?: string; message?: string } } = await response.json().catch(() => ({}));
  return new ControlError(
    body.error?.code ?? String(response.status),
    body.error?.message ?? `HTTP ${response.status}`,
  );
}

async function get<Answer>(path: string): Promise<Answer> {
  const response = await fetch(BASE + path, { signal: AbortSignal.timeout(TIME_LIMIT_MS) });
  if (!response.ok) throw await refusalOf(response);
  return response.json();
}

/** What the tour does for the administrator; asking everybody takes a while. */
const ACTS = '/sandbox/acts';
const ACT_LIMIT_MS = 60_000;

const post = <Answer>(path: string, body: object): Promise<Answer> => send(BASE + path, body, TIME_LIMIT_MS);

async function send<Answer>(path: string, body: object, limitMs: number): Promise<Answer> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(limitMs),
  });
  if (!response.ok) throw await refusalOf(response);
  const text = await response.text();
  const answer: Answer = JSON.parse(text === '' ? '{}' : text);
  return answer;
}

/**
 * The sandbox's control API, typed.
 *
 * @throws {ControlError} when the platform refuses; anything else means that it could not be reached.
 */
export const control = {
  readState: () => get<SandboxState>('/state'),
  readMessages: (person: PersonId) =>
    get<{ items: Message[] }>(`/messages?person=${encodeURIComponent(person)}`).then(({ items }) => items),
  readLog: (after: number) => get<{ items: LogEntry[] }>(`/log?after=${after}`).then(({ items }) => items),
  becomePerson: (person: PersonId) => post<object>('/person', { person }),
  addCustomer: (customer: NewCustomer) => post<{ externalUserId: string }>('/add-customer', customer),
  editRemark: (remark: Remark) => post<object>('/edit-remark', remark),
  deleteCustomer: (key: RelationKey) => post<object>('/delete-customer', key),
  deleteStaff: (key: RelationKey) => post<object>('/delete-staff', key),
  confirmMassMessage: (task: { userid: string; msgid: string }) =>
    post<object>('/confirm-mass-message', task),
  sendChat: (line: ChatLine) => post<object>('/send-chat', line),
  askNps: () => send<{ done: number }>(`${ACTS}/ask-nps`, {}, ACT_LIMIT_MS),
  sendDigest: () => send<{ done: number }>(`${ACTS}/send-digest`, {}, ACT_LIMIT_MS),
};
