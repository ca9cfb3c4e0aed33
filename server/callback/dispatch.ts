import type { Context } from '../context.ts';
import { refreshTags } from '../flows/tags/refresh-tags.ts';
import type { Handler, HandledEvent } from './handler.ts';
import { ACQUISITION_HANDLERS } from './handlers/acquisition.ts';
import { ADDRESS_BOOK_HANDLERS } from './handlers/address-book.ts';
import { APP_HANDLERS } from './handlers/app.ts';
import { CONTACT_HANDLERS } from './handlers/contact.ts';
import { GROUP_HANDLERS } from './handlers/group.ts';
import { parseEvent } from './parse.ts';

const readTags: Handler = (context) => refreshTags(context);

/** A letter that was parked because nobody could read it, e.g. before an update. @throws {ParseError} while nobody can */
async function readAgain(context: Context, { fields }: HandledEvent): Promise<void> {
  const event = parseEvent(String(fields['xml']));
  await handlerOf(event.kind)?.(context, event);
}

/** Every callback we act on. A kind that is not here is kept and left alone. Source: wecom.md §2. */
const HANDLERS: Readonly<Record<string, Handler>> = {
  ...CONTACT_HANDLERS,
  ...GROUP_HANDLERS,
  'change_external_tag.create': readTags,
  'change_external_tag.update': readTags,
  'change_external_tag.delete': readTags,
  'change_external_tag.shuffle': readTags,
  ...ADDRESS_BOOK_HANDLERS,
  ...APP_HANDLERS,
  ...ACQUISITION_HANDLERS,
  unreadable: readAgain,
};

/** The handler of a kind, or undefined for kinds we leave alone. */
export const handlerOf = (kind: string): Handler | undefined =>
  Object.hasOwn(HANDLERS, kind) ? HANDLERS[kind] : undefined;

/** Kinds that say only that something changed: two changes in one second are told by two letters with the same words. */
const CHANGES = [
  'change_external_contact.edit_external_contact',
  'change_external_chat.update',
  'change_external_tag.update',
  'change_contact.update_user',
  'change_contact.update_party',
];

/** Whether a letter with the words of another may tell of something else. */
export const mayBeRedelivery = (kind: string): boolean => CHANGES.includes(kind);
