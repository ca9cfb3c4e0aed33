import { z } from 'zod';
import { ACQUISITION_SHAPES } from './events/acquisition.ts';
import { ADDRESS_BOOK_SHAPES } from './events/address-book.ts';
import { APP_SHAPES } from './events/app.ts';
import { CONTACT_SHAPES } from './events/contact.ts';
import { GROUP_SHAPES } from './events/group.ts';
import { MESSAGE_SHAPES } from './events/message.ts';
import { TAG_SHAPES } from './events/tag.ts';
import { readFlatXml } from './flat-xml.ts';
import { byOurNames } from './parse-names.ts';
import { ParseError, readXml } from './read-xml.ts';

/** A callback as we understand it. `kind` is `Event.ChangeType`, `Event`, or `message.MsgType`. */
export type CallbackEvent = {
  kind: string;
  subject: string; // events of one subject are worked on in order
  happenedAt: Date;
  fields: Record<string, unknown>;
};

const seconds = z.string().regex(/^\d{1,12}$/);
const name = z.string().max(128);

/** What tells the kind; events of a suite tell it by other names. Source: wecom.md §2.0. */
const Head = z.looseObject({
  CreateTime: seconds.optional(),
  TimeStamp: seconds.optional(),
  MsgType: name.default('event'),
  Event: name.optional(),
  InfoType: name.optional(),
  ChangeType: name.default(''),
});

/** What each known kind must and may have; others are kept as they are. */
export const SHAPES: Readonly<Record<string, z.ZodType<Record<string, unknown>>>> = {
  ...CONTACT_SHAPES,
  ...GROUP_SHAPES,
  ...TAG_SHAPES,
  ...ADDRESS_BOOK_SHAPES,
  ...APP_SHAPES,
  ...ACQUISITION_SHAPES,
  ...MESSAGE_SHAPES,
};

/** Letters that nobody of the corp sent name this sender. */
const NOBODY = 'sys';

/** Subjects of events about no single person or group. */
const SHARED_SUBJECTS: readonly (readonly [start: string, subject: string])[] = [
  ['change_external_tag.', 'tags'],
  ['change_contact.', 'address-book'],
  ['customer_acquisition.', 'acquisition'],
];

/** The sealed part of a delivery; an envelope is flat (wecom.md §1.3), and nothing else is let in. @throws {ParseError} */
export function parseSealed(xml: string): string {
  const sealed = readFlatXml(xml)?.['Encrypt'];
  if (!sealed) throw new ParseError('not an envelope with an Encrypt element');
  return sealed;
}

/** The event inside an opened letter. @throws {ParseError} also for a known kind that lacks what it must have */
export function parseEvent(xml: string): CallbackEvent {
  const head = Head.safeParse(readXml(xml));
  if (!head.success) throw new ParseError('not an event');
  const { CreateTime, TimeStamp, MsgType, Event, InfoType, ChangeType, ...rest } = head.data;
  const at = CreateTime ?? TimeStamp;
  if (at === undefined) throw new ParseError('an event without a time');
  const event = Event ?? InfoType ?? '';
  const kind = MsgType === 'event' ? [event, ChangeType].filter(Boolean).join('.') : `message.${MsgType}`;
  const fields = shaped(kind, withSender(byOurNames(rest)));
  return { kind, subject: subjectOf(kind, fields), happenedAt: new Date(Number(at) * 1000), fields };
}

/** What members send in the app names them as the sender. */
function withSender(fields: Record<string, unknown>): Record<string, unknown> {
  const { fromUserName: sender } = fields;
  if (typeof sender !== 'string' || sender === NOBODY || fields['staffId'] !== undefined) return fields;
  return { ...fields, staffId: sender };
}

function shaped(kind: string, fields: Record<string, unknown>): Record<string, unknown> {
  const shape = Object.hasOwn(SHAPES, kind) ? SHAPES[kind] : undefined;
  const result = shape?.safeParse(fields);
  if (!result) return fields;
  if (result.success) return result.data;
  const wrong = result.error.issues.map(({ path }) => path.join('.')).slice(0, 3);
  throw new ParseError(`${kind} without a usable ${wrong.join(', ')}`);
}

/** Ids of members mean the same in small and capital letters. Source: wecom.md §0. */
function subjectOf(kind: string, { externalUserId, chatId, staffId }: Record<string, unknown>): string {
  const person = [externalUserId, chatId].find((id) => typeof id === 'string');
  if (typeof person === 'string') return person;
  if (typeof staffId === 'string') return staffId.toLowerCase();
  return SHARED_SUBJECTS.find(([start]) => kind.startsWith(start))?.[1] ?? kind;
}
