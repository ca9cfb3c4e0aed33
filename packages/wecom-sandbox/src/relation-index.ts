import type { SandboxRelation } from './corp.ts';
import { insertRow, removeRow } from './sorted-rows.ts';

/** Follows of one member in the order of customers. */
export const byCustomer = (row: SandboxRelation): string => row.externalUserId;
/** Follows of one customer in the order of members. */
export const byFollower = (row: SandboxRelation): string => row.userid;

const keyOf = (userid: string, externalUserId: string) => `${userid.toLowerCase()}|${externalUserId}`;
const NONE: readonly SandboxRelation[] = [];

type Index = {
  of: SandboxRelation[] | null;
  size: number;
  byKey: Map<string, SandboxRelation>;
  ofStaff: Map<string, SandboxRelation[]>;
  ofCustomer: Map<string, SandboxRelation[]>;
};

/** Relations by both ends, by member and by customer; `list` is the truth. See `createBookIndex`. */
export function createRelationIndex(list: () => SandboxRelation[]) {
  const index: Index = {
    of: null,
    size: 0,
    byKey: new Map(),
    ofStaff: new Map(),
    ofCustomer: new Map(),
  };
  const fresh = (): Index => {
    if (index.of !== list() || index.size !== index.of.length) rebuild(index, list());
    return index;
  };
  return {
    forget: (): void => {
      index.of = null;
    },
    relation: (userid: string, externalUserId: string): SandboxRelation | undefined =>
      fresh().byKey.get(keyOf(userid, externalUserId)),
    /** A member's relations in the order of external_userid. */
    relationsOf: (userid: string): readonly SandboxRelation[] =>
      fresh().ofStaff.get(userid.toLowerCase()) ?? NONE,
    /** A customer's followers in the order of userid. */
    followersOf: (externalUserId: string): readonly SandboxRelation[] =>
      fresh().ofCustomer.get(externalUserId) ?? NONE,
    addRelation: (row: SandboxRelation): void => add(fresh(), list(), row),
    removeRelation: (row: SandboxRelation): void => remove(fresh(), list(), row),
  };
}

function rebuild(index: Index, rows: SandboxRelation[]): void {
  const { byKey, ofStaff, ofCustomer } = index;
  for (const map of [byKey, ofStaff, ofCustomer]) map.clear();
  for (const row of rows) {
    byKey.set(keyOf(row.userid, row.externalUserId), row);
    listIn(ofStaff, row.userid.toLowerCase()).push(row);
    listIn(ofCustomer, row.externalUserId).push(row);
  }
  for (const list of ofStaff.values()) sortBy(list, byCustomer);
  for (const list of ofCustomer.values()) sortBy(list, byFollower);
  index.of = rows;
  index.size = rows.length;
}

function add(index: Index, rows: SandboxRelation[], row: SandboxRelation): void {
  rows.push(row);
  index.byKey.set(keyOf(row.userid, row.externalUserId), row);
  insertRow(listIn(index.ofStaff, row.userid.toLowerCase()), byCustomer, row);
  insertRow(listIn(index.ofCustomer, row.externalUserId), byFollower, row);
  index.size = rows.length;
}

function remove(index: Index, rows: SandboxRelation[], row: SandboxRelation): void {
  const place = rows.indexOf(row);
  if (place < 0) return;
  rows.splice(place, 1);
  index.byKey.delete(keyOf(row.userid, row.externalUserId));
  removeRow(listIn(index.ofStaff, row.userid.toLowerCase()), byCustomer, row);
  removeRow(listIn(index.ofCustomer, row.externalUserId), byFollower, row);
  index.size = rows.length;
}

function listIn(lists: Map<string, SandboxRelation[]>, key: string): SandboxRelation[] {
  const known = lists.get(key);
  if (known) return known;
  const fresh: SandboxRelation[] = [];
  lists.set(key, fresh);
  return fresh;
}

function sortBy(rows: SandboxRelation[], keyOf: (row: SandboxRelation) => string): void {
  rows.sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}
