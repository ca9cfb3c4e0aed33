import { fractionOf } from './ids.ts';
import type { PendingCallback, XmlField } from './state.ts';

/** Forms of one and the same event that are all seen in real traffic. Source: wecom.md §1–2. */
export type XmlStyle = {
  /** MemChangeList: nested items, or one list with commas as older clients get it. */
  memChangeList: 'items' | 'list';
  /** CDATA around texts only, around nothing, or `mixed`: around numbers too, but not around ChangeType. */
  cdata: 'texts' | 'none' | 'mixed';
  /** Whether the text begins with a byte order mark. */
  hasBom: boolean;
  /** MsgId as a 64-bit number, or as the opaque text of newer traffic. */
  msgId: 'number' | 'text';
  /** `shuffled`: elements in another order for every event; the order hangs on seed and event only. */
  order: 'usual' | 'shuffled';
  /** Whether the envelope of events that belong to no app has an empty AgentID instead of none. */
  hasEmptyAgentId: boolean;
};

/** The form of the official samples. */
export const USUAL_XML: Readonly<XmlStyle> = {
  memChangeList: 'items',
  cdata: 'texts',
  hasBom: false,
  msgId: 'number',
  order: 'usual',
  hasEmptyAgentId: false,
};

/** Elements that are bare in the samples when they hold digits. */
const NUMBERS = new Set(
  (
    'CreateTime AgentID MsgId JoinScene QuitScene MemChangeCnt ExpireTime ExpireQuotaNum ' +
    'ParentId Order Status Gender MainDepartment ErrCode'
  ).split(' '),
);

/** The sealed envelope that is posted; `agentId` null for events that belong to no app. Source: wecom.md §1.3. */
export function envelopeXml(corpId: string, encrypted: string, agentId: string | null): string {
  const app = agentId === null ? '' : `<AgentID>${cdata(agentId)}</AgentID>`;
  return `<xml><ToUserName>${cdata(corpId)}</ToUserName>${app}<Encrypt>${cdata(encrypted)}</Encrypt></xml>`;
}

/** What of a callback its XML tells. */
type Told = Pick<
  PendingCallback,
  'id' | 'createdAt' | 'event' | 'changeType' | 'fields' | 'from' | 'isOfApp' | 'msgType'
>;

/** The plain event of a self-built app; what there is not is absent, not empty. Source: wecom.md §2.0. */
export function eventXml(
  corp: { seed: number; corpId: string; agentId: string },
  told: Told,
  style: XmlStyle,
): string {
  const { id, createdAt, event, changeType, fields, from = 'sys', isOfApp = false, msgType = 'event' } = told;
  const all: XmlField[] = [
    ['ToUserName', corp.corpId],
    ...present('FromUserName', from),
    ['CreateTime', String(createdAt)],
    ['MsgType', msgType],
    ...present('Event', event),
    ...present('ChangeType', changeType),
    ...fields,
    ...present('AgentID', isOfApp ? corp.agentId : null),
  ];
  const place = ([name]: XmlField) => fractionOf(`${corp.seed}:${id}:${name}`);
  const ordered = style.order === 'usual' ? all : all.toSorted((left, right) => place(left) - place(right));
  const bom = style.hasBom ? String.fromCodePoint(0xfe_ff) : '';
  return `${bom}<xml>${ordered.map((field) => element(field, style)).join('')}</xml>`;
}

/** The element, or nothing. */
function present(name: string, value: string | null): XmlField[] {
  return value ? [[name, value]] : [];
}

function element([name, value]: XmlField, style: XmlStyle): string {
  const inner = name === 'MemChangeList' && style.memChangeList === 'list' ? listOf(value) : value;
  if (typeof inner !== 'string')
    return `<${name}>${inner.map((field) => element(field, style)).join('')}</${name}>`;
  return `<${name}>${isBare(name, inner, style) ? escapeXml(inner) : cdata(inner)}</${name}>`;
}

function listOf(value: XmlField[1]): string {
  return typeof value === 'string' ? value : value.map(([, item]) => String(item)).join(',');
}

function isBare(name: string, text: string, { cdata: kind }: XmlStyle): boolean {
  if (kind === 'mixed') return name === 'ChangeType';
  return kind === 'none' || (NUMBERS.has(name) && /^\d+$/.test(text));
}

/** A CDATA section; the one sequence that would end it early is split. */
function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
