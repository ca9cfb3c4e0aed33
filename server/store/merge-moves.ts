import type { Connection } from 'mongoose';

/** Every shelf whose rows go with an account, and the field that names it: those that say so in their schema (`db/references.ts`). */
const SHELVES = {
  contacts: { collection: 'contacts', field: 'accountId' },
  followUps: { collection: 'followups', field: 'accountId' },
  promises: { collection: 'promises', field: 'accountId' },
  questions: { collection: 'questions', field: 'accountId' },
  orders: { collection: 'orders', field: 'accountId' },
  answers: { collection: 'answers', field: 'accountId' },
  invitations: { collection: 'invitations', field: 'accountId' },
  opportunities: { collection: 'opportunities', field: 'accountId' },
  contracts: { collection: 'contracts', field: 'accountId' },
  complaints: { collection: 'complaints', field: 'accountId' },
  tasks: { collection: 'tasks', field: 'accountId' },
  warnings: { collection: 'warnings', field: 'accountId' },
  claims: { collection: 'claims', field: 'accountId' },
  transfers: { collection: 'transfers', field: 'accountId' },
  referrals: { collection: 'accounts', field: 'referredById' },
} as const;
type ShelfName = keyof typeof SHELVES;

export const SHELF_NAMES = Object.keys(SHELVES) as ShelfName[];

/** Ids of what was moved, by shelf; one that was tried twice may stand there twice. */
export type Moved = Partial<Record<ShelfName, string[]>>;

type Row = { _id: string };

const AT_ONCE = 500;

/** Moves what belongs to `fromId` on one shelf; `note` keeps the ids before each batch goes. */
export async function moveRows(
  db: Connection,
  { shelf, fromId, intoId }: { shelf: ShelfName; fromId: string; intoId: string },
  note: (ids: string[]) => Promise<void>,
): Promise<void> {
  const { collection, field } = SHELVES[shelf];
  const rows = db.collection<Row>(collection);
  // Nobody recommends themselves: the survivor keeps naming the other, until its own gain clears that.
  const theirs = { [field]: fromId, ...(shelf === 'referrals' ? { _id: { $ne: intoId } } : {}) };
  for (;;) {
    const batch = await rows.find(theirs).project<Row>({ _id: 1 }).limit(AT_ONCE).toArray();
    if (batch.length === 0) return;
    const ids = batch.map(({ _id }) => _id);
    await note(ids);
    await rows.updateMany({ ...theirs, _id: { $in: ids } }, { $set: { [field]: intoId } });
  }
}

/** Moves rows back to `fromId` that one of `holderIds` has still. */
export async function bringBack(
  db: Connection,
  moved: Moved,
  { fromId, holderIds }: { fromId: string; holderIds: readonly string[] },
): Promise<void> {
  for (const shelf of SHELF_NAMES) {
    const { collection, field } = SHELVES[shelf];
    const ids = [...new Set(moved[shelf])];
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const still = { _id: { $in: ids.slice(at, at + AT_ONCE) }, [field]: { $in: [...holderIds] } };
      await db.collection<Row>(collection).updateMany(still, { $set: { [field]: fromId } });
    }
  }
}
