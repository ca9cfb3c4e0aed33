import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';
import { readFlatXml } from './flat-xml.ts';

/** A callback as we understand it. `kind` is `Event.ChangeType`, `Event`, or `message.MsgType`. */
export type CallbackEvent = {
  kind: string;
  subject: string; // events of one subject are worked on in order
  happenedAt: Date;
  fields: Record<string, unknown>;
};

/** Texts stay texts: ids may look like numbers. No entities beyond XML's own, no attributes. */
const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: true,
  processEntities: true,
});

const Event = z.looseObject({
  xml: z.looseObject({
    CreateTime: z.string().regex(/^\d{1,12}$/),
    MsgType: z.string().default('event'),
    Event: z.string().default(''),
    ChangeType: z.string().default(''),
  }),
});

/** WeCom's words and ours. */
const NAMES: Readonly<Record<string, string>> = {
  UserID: 'staffId',
  ExternalUserID: 'externalUserId',
  ChatId: 'chatId',
};

/** A text that is not the XML we expect. */
export class ParseError extends Error {}

/** The sealed part of a delivery; an envelope is flat (wecom.md §1.3), and nothing else is let in. @throws {ParseError} */
export function parseSealed(xml: string): string {
  const sealed = readFlatXml(xml)?.['Encrypt'];
  if (!sealed) throw new ParseError('not an envelope with an Encrypt element');
  return sealed;
}

/** The event inside an opened letter. @throws {ParseError} */
export function parseEvent(xml: string): CallbackEvent {
  const event = Event.safeParse(read(xml));
  if (!event.success) throw new ParseError('not an event');
  const { CreateTime: seconds, MsgType: type, Event: name, ChangeType: change, ...rest } = event.data.xml;
  const fields = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [NAMES[key] ?? lowerFirst(key), value]),
  );
  const kind = type === 'event' ? [name, change].filter(Boolean).join('.') : `message.${type}`;
  const subject = fields['externalUserId'] ?? fields['chatId'] ?? fields['staffId'] ?? fields['fromUserName'];
  return { kind, subject: String(subject ?? kind), happenedAt: new Date(Number(seconds) * 1000), fields };
}

/** Some letters begin with a byte order mark. Source: wecom.md §1.1. */
function read(text: string): unknown {
  const flat = readFlatXml(text);
  if (flat) return { xml: flat };
  const xml = text.replace(/^\uFEFF/, '');
  if (/<!DOCTYPE|<!ENTITY/i.test(xml) || XMLValidator.validate(xml) !== true)
    throw new ParseError('not well-formed XML');
  try {
    return parser.parse(xml);
  } catch (cause) {
    throw new ParseError('XML that must not be read', { cause }); // e.g. an element named like a JavaScript builtin
  }
}

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
