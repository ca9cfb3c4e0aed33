import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { PlatformState } from './state.ts';

/** Bumped when old files can no longer be read; a file of another version is set aside. */
const VERSION = 1;

/** The state of an earlier run, or null when there is none that fits this corp. */
export function readState(file: string, corpId: string): PlatformState | null {
  if (!existsSync(file)) return null;
  const kept = JSON.parse(readFileSync(file, 'utf8')) as { version: number; state: PlatformState };
  if (kept.version === VERSION && kept.state.corp.corpId === corpId) return kept.state;
  renameSync(file, `${file}.other`);
  return null;
}

/** Replaces the file in one step, so that a process killed at any moment leaves the old or the new state. */
export function writeState(file: string, state: PlatformState): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  const target = openSync(temporary, 'w');
  try {
    writeSync(target, JSON.stringify({ version: VERSION, state }));
    fsyncSync(target);
  } finally {
    closeSync(target);
  }
  renameSync(temporary, file);
  syncDirectory(dirname(file));
}

/** Makes the rename itself durable; some systems refuse to open a directory, and then it is left to them. */
function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(directory, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
