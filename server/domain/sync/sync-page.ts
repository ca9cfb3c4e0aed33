import { relationId, type RelationKey } from './relation.ts';

type Person = { _id: string; corpName: string; corpFullName: string };
type Facts = RelationKey & { remarkCorpName: string; followedAt: Date };
type Loss = { lostAt: Date | null; lostBy: string | null };

/** What we know of those whom a page names. `readAt`: when the reading began. */
type Known<P extends Person, F extends Facts> = {
  contacts: readonly P[];
  relations: readonly (F & Loss)[];
  readAt: Date;
};

/** What of a page is news: what to write, whose company may be another now, and what the report counts. */
export type PageNews<P, F> = {
  contacts: P[];
  added: F[];
  changed: F[];
  movedIds: string[];
  changedKeys: RelationKey[];
  keys: RelationKey[];
};

/**
 * Compares one page with what we know. A relation that was lost after the reading began is left alone: the loss is newer
 * than the page. Rows that are told twice count once.
 */
export function pageNews<P extends Person, F extends Facts>(
  rows: readonly { contact: P; relation: F }[],
  known: Known<NoInfer<P>, NoInfer<F>>,
): PageNews<P, F> {
  const people = new Map(known.contacts.map((each) => [each._id, each]));
  const relations = new Map(known.relations.map((each) => [relationId(each), each]));
  const news: PageNews<P, F> = {
    contacts: [],
    added: [],
    changed: [],
    movedIds: [],
    changedKeys: [],
    keys: [],
  };
  const told = new Map(rows.map((row) => [relationId(row.relation), row]));
  const changedPeople = new Set<string>();
  for (const [id, { contact, relation }] of told) {
    const before = relations.get(id);
    const person = people.get(contact._id);
    news.keys.push(relation);
    if (before && isLostSince(before, known.readAt)) continue;
    if (!hasFacts(person, contact) && !changedPeople.has(contact._id)) {
      changedPeople.add(contact._id);
      news.contacts.push(contact);
    }
    noteRelation(news, { before, relation, isOtherPerson: changedPeople.has(contact._id) });
    if (person && isMoved({ person, contact }, { before, relation })) news.movedIds.push(contact._id);
  }
  return news;
}

function noteRelation<P, F extends Facts>(
  news: PageNews<P, F>,
  {
    before,
    relation,
    isOtherPerson,
  }: { before: (F & Loss) | undefined; relation: F; isOtherPerson: boolean },
): void {
  if (!before) return void news.added.push(relation);
  const isSame = hasFacts(before, relation) && !isHeldForLost(before);
  if (!isSame) news.changed.push(relation);
  if (!isSame || isOtherPerson) news.changedKeys.push(relation);
}

/** Events tell their time in whole seconds: one of the same second may be the newer. */
const isLostSince = ({ lostAt }: Loss, at: Date) =>
  lostAt !== null && lostAt.getTime() >= Math.floor(at.getTime() / 1000) * 1000;

/** Whom a contact deleted may still be listed (wecom.md §2.1); every other loss is contradicted by a page. */
const isHeldForLost = ({ lostAt, lostBy }: Loss) => lostAt !== null && lostBy !== 'by_contact';

/** The company of an account is chosen from these clues. */
function isMoved<P extends Person, F extends Facts>(
  { person, contact }: { person: P; contact: P },
  { before, relation }: { before: (F & Loss) | undefined; relation: F },
): boolean {
  const isCalledOtherwise =
    person.corpName !== contact.corpName || person.corpFullName !== contact.corpFullName;
  return isCalledOtherwise || before?.remarkCorpName !== relation.remarkCorpName;
}

/** True when every fact that WeCom tells is as we have it; lists count as sets. */
function hasFacts(before: object | undefined, facts: object): boolean {
  if (!before) return false;
  const kept = before as Record<string, unknown>;
  return Object.entries(facts).every(([field, value]) => comparable(kept[field]) === comparable(value));
}

const comparable = (value: unknown) => JSON.stringify(Array.isArray(value) ? value.toSorted() : value);
