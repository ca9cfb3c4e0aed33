import type { SandboxCorp, SandboxCustomer, SandboxStaff, SandboxTag, SandboxTagGroup } from './corp.ts';
import { createRelationIndex } from './relation-index.ts';

export type BookIndex = ReturnType<typeof createBookIndex>;

type FoundTag = { group: SandboxTagGroup; tag: SandboxTag };

/**
 * Finds people, relations and tags of a corp without scanning it. The corp's arrays stay the truth, plain JSON; the index is
 * made at the first question after opening and kept in step by `add…` and `remove…`. An array that somebody else replaced,
 * or made longer or shorter, is indexed anew; userids are compared without regard to case.
 */
export function createBookIndex(corp: SandboxCorp) {
  const staff = createKeyed(
    () => corp.staff,
    (member) => member.userid.toLowerCase(),
  );
  const customers = createKeyed(
    () => corp.customers,
    (customer) => customer.externalUserId,
  );
  const { forget, ...relations } = createRelationIndex(() => corp.relations);
  return {
    /** A member by userid in any case. */
    staff: (userid: string): SandboxStaff | undefined => staff.find(userid.toLowerCase()),
    customer: (externalUserId: string): SandboxCustomer | undefined => customers.find(externalUserId),
    /** A tag, deleted or not, with its group. */
    tag: createTagFinder(corp),
    ...relations,
    addStaff: (member: SandboxStaff): void => staff.add(member),
    addCustomer: (customer: SandboxCustomer): void => customers.add(customer),
    /** Forgets what it knows; needed after a change that leaves an array's length, such as a new userid. */
    forget: (): void => {
      staff.forget();
      customers.forget();
      forget();
    },
  };
}

/** Rows by a unique key. */
function createKeyed<Row>(list: () => Row[], keyOf: (row: Row) => string) {
  const known = new Map<string, Row>();
  let of: Row[] | null = null;
  let size = 0;
  const fresh = (): Map<string, Row> => {
    const rows = list();
    if (of === rows && size === rows.length) return known;
    known.clear();
    for (const row of rows) known.set(keyOf(row), row);
    of = rows;
    size = rows.length;
    return known;
  };
  return {
    forget: (): void => {
      of = null;
    },
    find: (key: string): Row | undefined => fresh().get(key),
    add: (row: Row): void => {
      fresh().set(keyOf(row), row);
      size = list().push(row);
    },
  };
}

/** Tags are marked as deleted, never taken out, so what was found once stays; an unknown id looks again. */
function createTagFinder(corp: SandboxCorp): (id: string) => FoundTag | undefined {
  const known = new Map<string, FoundTag>();
  let size = 0;
  return (id) => {
    const found = known.get(id);
    if (found) return found;
    const total = corp.tagGroups.reduce((sum, group) => sum + group.tags.length, 0);
    if (total === size) return undefined;
    for (const group of corp.tagGroups) for (const tag of group.tags) known.set(tag.id, { group, tag });
    size = total;
    return known.get(id);
  };
}
