import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readOrCreateSecret, readSecret } from '../../../server/boot/secret-file.ts';
import { StartError } from '../../../server/boot/start-error.ts';

const GOOD = 'ab'.repeat(32);
const aFolder = () => mkdtempSync(join(tmpdir(), 'genjin-secret-'));
const aSecret = (folder = aFolder()) => ({
  file: join(folder, 'session-secret'),
  ifLost: 'all sign in again',
});

function refusal(secret: { file: string; ifLost: string }): string {
  try {
    readOrCreateSecret(secret);
  } catch (error) {
    if (error instanceof StartError) return error.message;
    throw error;
  }
  return '(taken)';
}

it('makes a secret once, for this user alone, and leaves no draft behind', () => {
  const folder = join(aFolder(), 'not', 'there', 'yet');
  const secret = aSecret(folder);
  expect(readSecret(secret)).toBeNull();
  const made = readOrCreateSecret(secret);
  expect(made).toMatch(/^[0-9a-f]{64}$/);
  expect(readOrCreateSecret(secret)).toBe(made);
  expect(readSecret(secret)).toBe(made);
  expect(readdirSync(folder)).toEqual(['session-secret']);
  expect(statSync(secret.file).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

it('makes another secret for another folder', () => {
  expect(readOrCreateSecret(aSecret())).not.toBe(readOrCreateSecret(aSecret()));
});

it.each([
  ['as it was made', GOOD],
  ['with a line end of an editor', `${GOOD}\r\n`],
  ['behind a BOM', `\uFEFF${GOOD}\n`],
])('takes a secret %s', (_, text) => {
  const secret = aSecret();
  writeFileSync(secret.file, text);
  expect(readOrCreateSecret(secret)).toBe(GOOD);
});

it.each([
  ['empty', '', 'is empty'],
  ['of blanks only', ' \n', 'is empty'],
  ['cut short', GOOD.slice(0, 40), 'is damaged'],
  ['too long', `${GOOD}a`, 'is damaged'],
  ['of zeros that a power cut leaves', '\0'.repeat(64), 'is damaged'],
  ['in UTF-16', Buffer.from(`\uFEFF${GOOD}`, 'utf16le'), 'is damaged'],
  ['with two lines', `${GOOD}\n${GOOD}`, 'is damaged'],
])(
  'refuses a file %s with what to do, says nothing of its content, and leaves it as it is',
  (_, text, found) => {
    const secret = aSecret();
    writeFileSync(secret.file, text);
    const message = refusal(secret);
    expect(message).toContain(`${secret.file} ${found}`);
    expect(message).toMatch(/backup.*delete it.*all sign in again/);
    expect(message).not.toContain('abab');
    expect(readFileSync(secret.file)).toEqual(Buffer.from(text));
  },
);

it('closes a file that others could read', () => {
  const secret = aSecret();
  writeFileSync(secret.file, GOOD);
  chmodSync(secret.file, 0o644);
  readOrCreateSecret(secret);
  expect(statSync(secret.file).mode & 0o777).toBe(0o600);
});

it('says of a folder in its place that it cannot be read', () => {
  const secret = aSecret();
  mkdirSync(secret.file);
  expect(refusal(secret)).toContain('cannot be read (EISDIR)');
});

it('says of a folder that cannot be written to what to do', () => {
  const folder = join(aFolder(), 'leads-nowhere');
  symlinkSync('/proc/self/not-here', folder);
  expect(refusal(aSecret(folder))).toMatch(/cannot be written \(E[A-Z]+\).*DATA_DIR/);
});
