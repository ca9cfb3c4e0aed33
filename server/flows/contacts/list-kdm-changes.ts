import type { Context } from '../../context.ts';
import { closenessOverTime, type FieldChange } from '../../domain/contacts/kdm-changes.ts';
import type { Contact } from '../../store/contacts.ts';

type Needs = Pick<Context, 'contacts' | 'kdmChanges' | 'staff'>;

/** Every change of a contact's profile, the latest first, at most `limit`, and how closeness went over time. */
export async function listKdmChanges(context: Needs, contact: Contact, limit: number) {
  const [saves, total, steps, staff] = await Promise.all([
    context.kdmChanges.latestOf(contact._id, limit),
    context.kdmChanges.countOf(contact._id),
    context.kdmChanges.ofField(contact._id, 'closeness'),
    context.staff.all(),
  ]);
  const members = new Map(staff.map(({ _id, name }) => [_id, name]));
  const superiors = await namesOf(
    context,
    saves.flatMap(({ changes }) => changes),
  );
  return {
    total,
    saves: saves.map(({ _id: id, at, by, changes }) => ({
      id,
      at: at.toISOString(),
      by: { staffId: by, name: members.get(by) ?? by },
      changes: changes.map((change) => withNames(change, superiors)),
    })),
    closeness: closenessOverTime(steps, contact.kdm).map(({ since, closeness }) => ({
      since: since?.toISOString() ?? null,
      closeness,
    })),
  };
}

/** Names of the superiors that came and went; of whom nothing is known any more, none. */
async function namesOf({ contacts }: Needs, changes: readonly FieldChange[]): Promise<Map<string, string>> {
  const ids = changes.flatMap(({ field, from, to }) => (field === 'superiorId' ? [from, to] : []));
  const people = await contacts.findMany(ids.filter((id) => typeof id === 'string'));
  return new Map(people.map(({ _id, name }) => [_id, name]));
}

function withNames(change: FieldChange, superiors: ReadonlyMap<string, string>): FieldChange {
  if (change.field !== 'superiorId') return change;
  const nameOf = (id: FieldChange['from']) =>
    id === null ? null : (superiors.get(String(id)) ?? String(id));
  const [from, to] = [nameOf(change.from), nameOf(change.to)];
  if (from !== to) return { field: change.field, from, to };
  return { field: change.field, from: `${from}（${change.from}）`, to: `${to}（${change.to}）` }; // namesakes
}
