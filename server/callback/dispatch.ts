import { z } from 'zod';
import type { Context } from '../context.ts';
import { placeContact } from '../flows/accounts/place-contact.ts';
import { loseContact } from '../flows/contacts/lose-contact.ts';
import { recordContact } from '../flows/contacts/record-contact.ts';
import { welcomeContact } from '../flows/contacts/welcome-contact.ts';
import { tagAccount } from '../flows/tags/tag-account.ts';
import { parseEvent } from './parse.ts';

/** What a handler reads of a kept event. */
export type HandledEvent = { happenedAt: Date; fields: Record<string, unknown> };
type Handler = (context: Context, event: HandledEvent) => Promise<void>;

const ContactFields = z.looseObject({
  staffId: z.string().min(1),
  externalUserId: z.string().min(1),
  welcomeCode: z.string().optional(),
});

/** The welcome goes first: its code is good for 20 s. */
const addContact: Handler = async (context, { fields, happenedAt }) => {
  const { staffId, externalUserId, welcomeCode } = ContactFields.parse(fields);
  const key = { staffId, externalUserId };
  const welcomed = welcomeContact(context, key, { welcomeCode, happenedAt }).catch((error: unknown) => {
    context.log.error({ error, externalUserId }, 'welcome not sent');
  });
  await refresh(context, key, happenedAt);
  await welcomed;
};

const editContact: Handler = async (context, { fields }) => {
  const { staffId, externalUserId } = ContactFields.parse(fields);
  await refresh(context, { staffId, externalUserId }, null);
};

async function refresh(
  context: Context,
  key: { staffId: string; externalUserId: string },
  addedAt: Date | null,
): Promise<void> {
  if (!(await recordContact(context, key, { addedAt }))) return;
  const accountId = await placeContact(context, key.externalUserId);
  if (accountId) await tagAccount(context, accountId);
}

const lose =
  (by: 'by_staff' | 'by_contact'): Handler =>
  async (context, { fields, happenedAt }) => {
    const { staffId, externalUserId } = ContactFields.parse(fields);
    await loseContact(context, { staffId, externalUserId }, { by, at: happenedAt });
  };

/** A letter that was parked because nobody could read it, e.g. before an update. @throws {ParseError} while nobody can */
const readAgain: Handler = async (context, { fields }) => {
  const event = parseEvent(String(fields['xml']));
  await handlerOf(event.kind)?.(context, event);
};

/** Every callback we act on. A kind that is not here is kept and left alone. Source: wecom.md §2.1. */
const HANDLERS: Readonly<Record<string, Handler>> = {
  'change_external_contact.add_external_contact': addContact,
  'change_external_contact.add_half_external_contact': addContact,
  'change_external_contact.edit_external_contact': editContact,
  'change_external_contact.del_external_contact': lose('by_staff'),
  'change_external_contact.del_follow_user': lose('by_contact'),
  unreadable: readAgain,
};

/** The handler of a kind, or undefined for kinds we leave alone. */
export const handlerOf = (kind: string): Handler | undefined =>
  Object.hasOwn(HANDLERS, kind) ? HANDLERS[kind] : undefined;
