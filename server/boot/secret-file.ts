import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { StartError } from './start-error.ts';

const SECRET_BYTES = 32;

/** As written by `readOrCreateSecret`; an editor may have put blanks, a BOM or a line's end around it. */
const WHOLE_SECRET = /^[0-9a-f]{64}$/i;

/** @param ifLost what stops working when the secret is made anew, as the end of a sentence, e.g. `everybody signs in again` */
export type SecretFile = { file: string; ifLost: string };

/**
 * A secret made once and kept in a file of its own (64 hex digits, mode 0600). Of several processes that make it at once all
 * get the same.
 *
 * @throws {StartError} the file is empty, cut short or not readable: it is never taken as it is, nor replaced silently.
 */
export function readOrCreateSecret(secret: SecretFile): string {
  return readSecret(secret) ?? createSecret(secret);
}

/**
 * The secret that a file holds, null when there is no file.
 *
 * @throws {StartError} as above
 */
export function readSecret({ file, ifLost }: SecretFile): string | null {
  const text = readIfThere(file);
  if (text === null) return null;
  const secret = text.trim();
  if (!WHOLE_SECRET.test(secret)) {
    const found = secret === '' ? 'is empty' : 'is damaged: it must hold 64 hex digits';
    throw new StartError(
      `the secret file ${file} ${found}. Put it back from a backup; or delete it, and a new one is made, but then ${ifLost}.`,
    );
  }
  keepPrivate(file);
  return secret;
}

function createSecret(secret: SecretFile): string {
  const { file } = secret;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeOnce(file, randomBytes(SECRET_BYTES).toString('hex'));
  } catch (error) {
    throw new StartError(
      `the secret file ${file} cannot be written (${codeOf(error)}). Make its folder writable for this user, e.g. with chown, or set DATA_DIR to another folder.`,
      { cause: error },
    );
  }
  const kept = readSecret(secret);
  if (kept === null) throw new StartError(`the secret file ${file} vanished while it was made. Start again.`);
  return kept;
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw new StartError(
      `the secret file ${file} cannot be read (${codeOf(error)}). It must be a file that this user may read, e.g. after chown.`,
      { cause: error },
    );
  }
}

/** Puts the whole file there and on the disk, or leaves the one that is there already. */
function writeOnce(file: string, text: string): void {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    const target = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(target, text);
      fsyncSync(target);
    } finally {
      closeSync(target);
    }
    putInPlace(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  syncFolder(dirname(file));
}

/** A link never replaces what another process put there meanwhile; file systems without links get a rename. */
function putInPlace(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    if (codeOf(error) === 'EEXIST' || existsSync(file)) return;
    renameSync(draft, file);
  }
}

/** Makes the name itself durable; Windows cannot open a folder. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

/** A copy by hand may have opened it to others; who does not own the file cannot mend that. */
function keepPrivate(file: string): void {
  try {
    chmodSync(file, 0o600);
  } catch {
    // On a read-only disk, or a file of another user.
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
