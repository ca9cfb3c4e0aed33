import type { Connection } from 'mongoose';
import type { KeptEvent } from '../../server/store/inbox.ts';
import type { Relation } from '../../server/store/relation-model.ts';

/** The relations that our book holds for alive. */
export const livingRelations = (db: Connection): Promise<Relation[]> =>
  db.collection<Relation>('relations').find({ lostAt: null }).toArray();

/** Kept events by state. */
export async function eventStates(db: Connection): Promise<Record<string, number>> {
  const groups = await db
    .collection<KeptEvent>('events')
    .aggregate<{ _id: string; count: number }>([{ $group: { _id: '$state', count: { $sum: 1 } } }])
    .toArray();
  return Object.fromEntries(groups.map(({ _id, count }) => [_id, count]));
}
