import type { Context } from '../../context.ts';
import { createDriftCount, isSuspicious, type DriftCount, type SetAside } from '../../domain/sync/drift.ts';
import type { RelationKey } from '../../domain/sync/relation.ts';
import type { SyncRun } from '../../store/syncs.ts';
import { eachAtOnce } from '../../infra/streams.ts';
import { UNEXPECTED_SHAPE, WecomError, WecomUnreachable } from '../../wecom/client/error.ts';

type Needs = Pick<Context, 'relations' | 'syncs' | 'wecom' | 'now'>;

/** So many contacts are asked for at once. */
const LANES = 5;

/**
 * Asks by name for each relation that a synchronisation missed, and marks lost what WeCom no longer knows. When too much of
 * the whole book is missing nobody is asked for and nothing is lost, unless the loss is accepted.
 */
export async function markLost(
  context: Needs,
  run: SyncRun,
  { acceptsLosses = false }: { acceptsLosses?: boolean } = {},
): Promise<void> {
  const count = createDriftCount();
  const aside: SetAside[] = [];
  try {
    if (!acceptsLosses && (await isDoubted(context, run))) {
      for await (const key of context.syncs.missing(run._id)) count.addNamed([key], 'suspicious');
    } else {
      await eachAtOnce(byContact(context.syncs.missing(run._id)), LANES, (keys) =>
        askByName(context, keys, count).catch((error: unknown) => {
          if (!isOfOneContact(error)) throw error;
          for (const { staffId } of keys)
            aside.push({ kind: 'contact', staffId, reason: reasonOf(error), count: 1 });
        }),
      );
    }
  } finally {
    await context.syncs.note(run._id, { ...count.report(), aside });
  }
}

async function isDoubted({ syncs, relations }: Needs, run: SyncRun): Promise<boolean> {
  const missing = (await syncs.countMissing(run._id)) + run.counts.suspicious;
  return isSuspicious({ known: await relations.countActive(), missing });
}

/** The missing relations of one contact, who is asked for once. */
async function* byContact(missing: AsyncIterable<RelationKey>): AsyncGenerator<RelationKey[]> {
  let keys: RelationKey[] = [];
  for await (const key of missing) {
    if (keys[0] && keys[0].externalUserId !== key.externalUserId) {
      yield keys;
      keys = [];
    }
    keys.push(key);
  }
  if (keys.length > 0) yield keys;
}

async function askByName(
  { relations, wecom, now }: Needs,
  keys: readonly RelationKey[],
  count: DriftCount,
): Promise<void> {
  const askedAt = now();
  const followers = await followersOf(wecom, keys[0]?.externalUserId ?? '');
  for (const { staffId, externalUserId } of keys) {
    if (followers.has(staffId.toLowerCase())) continue;
    const key = { staffId, externalUserId };
    if (await relations.lose(key, 'gone', askedAt)) count.addNamed([key], 'lost');
  }
}

/** An answer of another shape, or a refusal that others need not meet: their relations stay as they are. */
const isOfOneContact = (error: unknown): error is WecomError | WecomUnreachable =>
  error instanceof WecomError ? error.isOfPart : error instanceof WecomUnreachable && error.isMisshapen;

const reasonOf = (error: WecomError | WecomUnreachable) =>
  error instanceof WecomError ? String(error.errcode) : error.reason;

const GET = '/cgi-bin/externalcontact/get';

/** Who follows the contact now, in lower case. @throws {WecomUnreachable} when one of them could not be read */
async function followersOf(wecom: Context['wecom'], externalUserId: string): Promise<Set<string>> {
  try {
    const { relations, unread } = await wecom.contacts.get(externalUserId);
    if (unread.length > 0) throw new WecomUnreachable(GET, UNEXPECTED_SHAPE, false);
    return new Set(relations.map(({ staffId }) => staffId.toLowerCase()));
  } catch (error) {
    if (error instanceof WecomError && error.isNoRelation) return new Set();
    throw error;
  }
}
