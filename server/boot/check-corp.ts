import type { Connection } from 'mongoose';
import { StartError } from './start-error.ts';
import { createCorpMarkStore } from '../store/corp-mark.ts';

const CURE =
  'Set WECOM_CORP_ID to the corp it belongs to, or give this one a place of its own: another DATA_DIR, or another database name in MONGODB_URI.';

/**
 * Sees to it that a database serves one corp only, and never the sandbox after a real one. The first real start marks it; a
 * database that an earlier version filled is taken for the real corp's.
 *
 * @throws {StartError} it belongs to somebody else; nothing was changed
 */
export async function checkCorp(db: Connection, here: Here & { now: Date }): Promise<void> {
  const marks = createCorpMarkStore(db);
  const found = await marks.find();
  if (!found && here.isSandbox && (await marks.hasData()))
    throw new StartError(`the database holds data of a real corp, and ${NO_CORP}. ${CURE}`);
  const { corpId, isSandbox, now: since } = here;
  const conflict = conflictOf(found ?? (await marks.keep({ corpId, isSandbox, since })), here);
  if (conflict) throw new StartError(`${conflict}. ${CURE}`);
}

/** Who opens a database. */
type Here = { corpId: string; isSandbox: boolean };

const NO_CORP = 'without WECOM_CORP_ID the sandbox would open on it';

function conflictOf(mark: Here, here: Here): string | null {
  if (mark.isSandbox)
    return here.isSandbox ? null : "the database is the sandbox's, and WECOM_CORP_ID names a real corp";
  const belongs = `the database belongs to the corp ${mark.corpId}`;
  if (here.isSandbox) return `${belongs}, and ${NO_CORP}`;
  return mark.corpId === here.corpId ? null : `${belongs}, and WECOM_CORP_ID is ${here.corpId}`;
}
