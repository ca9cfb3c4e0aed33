import type { Context } from '../../context.ts';
import { contactName } from '../../domain/contacts/contact-name.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import { transferStateName, type TransferState } from '../../domain/staff/transfer.ts';

type Needs = Pick<Context, 'transfers' | 'staff' | 'contacts' | 'relations' | 'accounts'>;

/** `caller` null: everything, for who runs the server. */
type Wanted = { state?: TransferState | undefined; limit: number; caller: Caller | null };

/** The latest transfers that the caller may see, by names. */
export async function listTransfers(context: Needs, { state, limit, caller }: Wanted) {
  const staffIds = !caller || caller.role === 'admin' ? undefined : caller.teamIds;
  const wanted = { ...(state ? { state } : {}), ...(staffIds ? { staffIds } : {}), limit };
  const rows = await context.transfers.list(wanted);
  const members = namesOf(await context.staff.all());
  const contactIds = rows.map(({ externalUserId }) => externalUserId);
  const people = new Map((await context.contacts.findMany(contactIds)).map((each) => [each._id, each]));
  const relations = await context.relations.ofContacts(contactIds); // who gave them away follows them no more
  const called = ({ externalUserId, handoverId, takeoverId }: (typeof rows)[number]) => {
    const contact = people.get(externalUserId);
    const members = [caller?.staffId ?? null, takeoverId, handoverId];
    return contact ? contactName(contact, relations, members).name : externalUserId;
  };
  const accounts = namesOf(await context.accounts.findMany(rows.flatMap(({ accountId }) => accountId ?? [])));
  const person = (staffId: string) => ({ staffId, name: members.get(staffId) ?? staffId });
  return rows.map(({ _id: id, accountId, ...row }) => ({
    id,
    kind: row.kind,
    state: row.state,
    stateName: transferStateName(row.state, row.errcode),
    errcode: row.errcode,
    handover: person(row.handoverId),
    takeover: person(row.takeoverId),
    contact: { externalUserId: row.externalUserId, name: called({ _id: id, accountId, ...row }) },
    account: accountId ? { id: accountId, name: accounts.get(accountId) ?? '' } : null,
    askedAt: row.askedAt.toISOString(),
    takeoverAt: row.takeoverAt?.toISOString() ?? null,
    settledAt: row.settledAt?.toISOString() ?? null,
  }));
}

const namesOf = (all: readonly { _id: string; name: string }[]) =>
  new Map(all.map(({ _id, name }) => [_id, name]));
