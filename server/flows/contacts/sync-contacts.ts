import type { Context } from '../../context.ts';
import { relationId } from '../../domain/relation.ts';
import type { Relation } from '../../store/relations.ts';
import type { ContactRow } from '../../wecom/contacts.ts';
import { WecomError } from '../../wecom/error.ts';

type Needs = Pick<Context, 'contacts' | 'relations' | 'wecom' | 'log' | 'now'>;

/** What a full synchronisation found that events had not told. */
export type Drift = { rows: number; added: number; changed: number; lost: number; suspicious: number };

const STAFF_PER_CALL = 100;
/** When more than this share of the known relations seems gone at once, nobody is believed to have left. */
const SUSPICIOUS_PERCENT = 50;
const SMALL_BOOK = 20;

/**
 * Brings contacts and follow relations in step with WeCom: every page of every follower, then each relation of ours that was
 * not on any page is asked for by name before it is marked lost.
 */
export async function syncContacts(context: Needs, staffIds: readonly string[]): Promise<Drift> {
  const drift: Drift = { rows: 0, added: 0, changed: 0, lost: 0, suspicious: 0 };
  const seen = new Set<string>();
  for (let from = 0; from < staffIds.length; from += STAFF_PER_CALL) {
    for await (const rows of pagesOf(context, staffIds.slice(from, from + STAFF_PER_CALL))) {
      for (const { relation } of rows) seen.add(relationId(relation));
      await keepPage(context, rows, drift);
    }
  }
  await loseUnseen(context, seen, drift);
  return drift;
}

/** 84061 means that none of these members has customers. */
async function* pagesOf({ wecom }: Needs, staffIds: readonly string[]): AsyncGenerator<ContactRow[]> {
  try {
    yield* wecom.contacts.pages(staffIds);
  } catch (error) {
    if (!(error instanceof WecomError && error.isNoRelation)) throw error;
  }
}

async function keepPage(
  { contacts, relations }: Needs,
  rows: readonly ContactRow[],
  drift: Drift,
): Promise<void> {
  const known = new Map(
    (await relations.findMany(rows.map(({ relation }) => relation))).map((each) => [each._id, each]),
  );
  const people = new Map(
    (await contacts.findMany(rows.map(({ contact }) => contact._id))).map((each) => [each._id, each]),
  );
  const news = rows.filter(({ contact, relation }) => {
    const before = known.get(relationId(relation));
    if (!before) drift.added += 1;
    else if (!isSame(before, relation) || !isSame(people.get(contact._id), contact)) drift.changed += 1;
    else return false;
    return true;
  });
  const moved = news.filter(({ contact, relation }) => {
    const isSameCompany = people.get(contact._id)?.corpName === contact.corpName;
    return !isSameCompany || known.get(relationId(relation))?.remarkCorpName !== relation.remarkCorpName;
  });
  await contacts.saveFacts(news.map(({ contact }) => contact));
  await relations.saveFacts(
    news.map(({ relation }) => relation),
    { addedAt: null },
  );
  await contacts.markUnplaced(moved.map(({ contact }) => contact._id));
  drift.rows += rows.length;
}

/** True when every fact that WeCom tells is as we have it; a relation that we hold for lost is not. */
function isSame(before: Record<string, unknown> | undefined, facts: Record<string, unknown>): boolean {
  if (!before || (before['lostAt'] && before['lostBy'] !== 'by_contact')) return false;
  return Object.entries(facts).every(
    ([field, value]) => JSON.stringify(before[field]) === JSON.stringify(value),
  );
}

async function loseUnseen(context: Needs, seen: ReadonlySet<string>, drift: Drift): Promise<void> {
  const unseen: Relation[] = [];
  let active = 0;
  for await (const relation of context.relations.active()) {
    active += 1;
    if (!seen.has(relation._id)) unseen.push(relation);
  }
  if (active > SMALL_BOOK && unseen.length * 100 > active * SUSPICIOUS_PERCENT) {
    drift.suspicious = unseen.length;
    context.log.error(
      { active, unseen: unseen.length },
      'sync stopped: too many relations missing from the answer',
    );
    return;
  }
  for (const relation of unseen) if (await isGone(context, relation)) drift.lost += 1;
}

async function isGone(
  { relations, wecom, now }: Needs,
  { staffId, externalUserId }: Relation,
): Promise<boolean> {
  const found = await wecom.contacts.get(externalUserId).catch((error: unknown) => {
    if (error instanceof WecomError && error.isNoRelation) return null;
    throw error;
  });
  if (found?.relations.some((relation) => relation.staffId === staffId)) return false;
  return relations.lose({ staffId, externalUserId }, 'gone', now());
}
