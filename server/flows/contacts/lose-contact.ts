import type { Context } from '../../context.ts';
import { isSameId } from '../../domain/sync/relation.ts';
import type { Loss } from '../../store/relation-model.ts';

type Key = { staffId: string; externalUserId: string };

/**
 * Marks a follow relation lost at the time when it was; everything else stays. Repeatable, however late; one that
 * we never knew of is kept as lost. The member may be spelled otherwise than WeCom told before.
 */
export async function loseContact(
  { relations }: Pick<Context, 'relations'>,
  { staffId, externalUserId }: Key,
  { by, at }: { by: Loss; at: Date },
): Promise<void> {
  const known = (await relations.ofContact(externalUserId)).filter((each) => isSameId(each.staffId, staffId));
  const key = { staffId, externalUserId };
  if (known.length === 0) await relations.rememberLoss(key, by, at);
  // A synchronisation may have kept it in this moment: then it is marked like one that we knew.
  for (const relation of known.length > 0 ? known : [key]) await relations.lose(relation, by, at);
}
