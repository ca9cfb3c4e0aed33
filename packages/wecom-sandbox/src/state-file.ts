import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { SandboxCorp } from './corp.ts';
import { freshSlices } from './slices/slices.ts';
import { emptyState } from './state.ts';
import type { PlatformState } from './state.ts';

/** Bumped when old files can no longer be read; a file of another version is set aside. */
const VERSION = 1;

/** A write that takes longer, ms, is not repeated at every change. */
const QUICK_MS = 20;
/** Then the time between two writes is at least so many times the length of the last one. */
const SPACING = 10;

/** The state of an earlier run, or null when there is none that fits this corp; what older versions lack is as on the first day. */
export function readState(file: string, corp: SandboxCorp): PlatformState | null {
  if (!existsSync(file)) return null;
  const kept = JSON.parse(readFileSync(file, 'utf8')) as { version: number; state: PlatformState };
  const isOurs = kept.version === VERSION && kept.state.corp.corpId === corp.corpId;
  if (isOurs) return { ...freshSlices(kept.state.corp), ...emptyState(), ...kept.state };
  renameSync(file, `${file}.other`);
  return null;
}

/**
 * Keeps the state in a file. Whatever moment the process dies at, the file holds one whole state: the last one while a write
 * takes less than 20 ms; a larger book is written at intervals, ten times as long apart as the last write took, so at most a
 * tenth of the time goes into writing, and a kill may lose what changed since. `kept` and `close` leave nothing out.
 *
 * @param write replaces the file and returns how long that took, ms.
 */
export function createStateFile(write: () => number) {
  let isDirty = false;
  let lastMs = 0;
  let nextAt = 0;
  let timer: NodeJS.Timeout | null = null;
  let waiting: Promise<void> | null = null;
  const flush = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (!isDirty) return;
    lastMs = write();
    isDirty = false;
    nextAt = performance.now() + lastMs * SPACING;
  };
  return {
    /** Notes a change, and writes it when it is time. */
    save: (): void => {
      isDirty = true;
      if (lastMs < QUICK_MS || performance.now() >= nextAt) flush();
      // A full disk shows itself at the next change or at the end; nobody would catch it here.
      else timer ??= setTimeout(() => quietly(flush), nextAt - performance.now()).unref();
    },
    /** Resolves when every change up to now is in the file; those who ask at the same time share one write. */
    kept: (): Promise<void> => {
      waiting ??= new Promise<void>((resolve, reject) => {
        setImmediate(() => {
          waiting = null;
          try {
            flush();
            resolve();
          } catch (error) {
            reject(error);
          }
        });
      });
      return waiting;
    },
    close: flush,
  };
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // What could not be written stays unwritten in the keeper's eyes.
  }
}

/** Replaces the file in one step, so that a process killed at any moment leaves the old or the new state. @returns ms it took */
export function writeState(file: string, state: PlatformState): number {
  const startedAt = performance.now();
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${process.pid}.tmp`;
  const target = openSync(temporary, 'w', 0o600);
  try {
    writeFileSync(target, JSON.stringify({ version: VERSION, state }));
    fsyncSync(target);
  } finally {
    closeSync(target);
  }
  renameSync(temporary, file);
  syncDirectory(dirname(file));
  return performance.now() - startedAt;
}

/** Makes the rename itself durable; some systems refuse to open a directory, and then it is left to them. */
function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(directory, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
