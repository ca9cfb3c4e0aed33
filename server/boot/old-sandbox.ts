import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseInUseError } from '@genjin/embedded-mongo';
import { openDatabase } from './open-database.ts';
import { createCorpMarkStore } from '../store/corp-mark.ts';

/** What a sandbox of earlier versions kept in DATA_DIR itself; what proves it to be one comes last. */
const FILES = ['data.mdb', 'session-secret', 'sandbox.json'];

/**
 * Moves a sandbox that an earlier version kept in `dir` to `dir/sandbox`, so that it is opened there again, and never taken for
 * the data of a real corp. May be repeated; a move that was cut short is ended.
 *
 * Whose data it is tell its members: all of them are the made-up corp's. (An earlier version put a `sandbox.json` beside real
 * data, too, when it was once started without WECOM_CORP_ID.)
 */
export async function moveOldSandbox(dir: string): Promise<void> {
  const proof = join(dir, 'sandbox.json');
  const target = join(dir, 'sandbox');
  if (!existsSync(proof) || existsSync(join(target, 'sandbox.json'))) return;
  const isCutShort = existsSync(join(target, 'data.mdb'));
  if (existsSync(join(dir, 'data.mdb')) && (isCutShort || !(await markAsSandbox(dir, proof)))) return;
  mkdirSync(target, { recursive: true, mode: 0o700 });
  for (const name of FILES.filter((name) => existsSync(join(dir, name))))
    renameSync(join(dir, name), join(target, name));
  for (const name of ['lock.mdb', 'sandbox-server.json']) rmSync(join(dir, name), { force: true });
}

/** Looks into the database; false when it is not, or not certainly, the sandbox's. */
async function markAsSandbox(dir: string, proof: string): Promise<boolean> {
  const { corpId, members } = readCorp(proof);
  const opened = await openDatabase({ dir, mode: 'own' }).catch((error: unknown) => {
    if (error instanceof DatabaseInUseError) return null; // by a real corp's server: sandboxes are elsewhere now
    throw error;
  });
  if (!opened) return false;
  try {
    const marks = createCorpMarkStore(opened.connection);
    const found = await marks.find();
    if (found) return found.isSandbox;
    const ids = await marks.memberIds();
    if (ids.length === 0 || !ids.every((id) => members.has(id))) return false;
    await marks.keep({ corpId, isSandbox: true, since: new Date() });
    return true;
  } finally {
    await opened.close();
  }
}

function readCorp(proof: string): { corpId: string; members: ReadonlySet<string> } {
  try {
    const { state } = JSON.parse(readFileSync(proof, 'utf8')) as {
      state: { corp: { corpId: string; staff: { userid: string }[] } };
    };
    return { corpId: state.corp.corpId, members: new Set(state.corp.staff.map(({ userid }) => userid)) };
  } catch {
    return { corpId: '', members: new Set() };
  }
}
