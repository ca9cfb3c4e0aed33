import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { moveOldSandbox } from '../../../server/boot/old-sandbox.ts';
import { openDatabase } from '../../../server/boot/open-database.ts';

const MADE_UP = ['zhoumingyuan', 'chenlu', 'wanghao'];

/** A DATA_DIR as an earlier version left it. */
async function aDataDir(members: readonly string[], files: readonly string[] = ['sandbox.json']) {
  const dir = mkdtempSync(join(tmpdir(), 'genjin-old-'));
  const { connection, close } = await openDatabase({ dir, mode: 'own' });
  const rows = members.map((_id) => ({ _id }));
  if (rows.length > 0) await connection.collection<{ _id: string }>('staff').insertMany(rows);
  await close();
  const state = { corp: { corpId: 'wwmadeup', staff: MADE_UP.map((userid) => ({ userid })) } };
  for (const name of files)
    writeFileSync(join(dir, name), name === 'sandbox.json' ? JSON.stringify({ version: 1, state }) : name);
  return dir;
}

async function membersIn(dir: string): Promise<string[]> {
  const { connection, close } = await openDatabase({ dir, mode: 'own' });
  const members = await connection.collection<{ _id: string }>('staff').find().toArray();
  await close();
  return members.map(({ _id }) => _id);
}

it('moves the sandbox of an earlier version with all it kept, and leaves room for a real corp', async () => {
  const dir = await aDataDir(MADE_UP, ['session-secret', 'sandbox.json', 'sandbox-server.json']);
  await moveOldSandbox(dir);
  await moveOldSandbox(dir);
  expect(readdirSync(dir)).toEqual(['sandbox']);
  expect(readFileSync(join(dir, 'sandbox', 'session-secret'), 'utf8')).toBe('session-secret');
  expect(existsSync(join(dir, 'sandbox', 'sandbox.json'))).toBe(true);
  expect(await membersIn(join(dir, 'sandbox'))).toEqual(MADE_UP);
});

it.each([
  ['real members', ['lilei', 'hanmeimei']],
  ['real members among made-up ones', [...MADE_UP, 'lilei']],
  ['no member at all', []],
])('leaves where they are data with %s, though a sandbox was once opened beside them', async (_, members) => {
  const dir = await aDataDir(members);
  await moveOldSandbox(dir);
  expect(existsSync(join(dir, 'sandbox'))).toBe(false);
  expect(await membersIn(dir)).toEqual(members);
});

it('ends a move that was cut short', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'genjin-old-'));
  mkdirSync(join(dir, 'sandbox'));
  writeFileSync(join(dir, 'sandbox', 'data.mdb'), 'moved already');
  writeFileSync(join(dir, 'sandbox.json'), '{}');
  await moveOldSandbox(dir);
  expect(readdirSync(join(dir, 'sandbox')).sort()).toEqual(['data.mdb', 'sandbox.json']);
  expect(readdirSync(dir)).toEqual(['sandbox']);
});

it('touches nothing where no sandbox was', async () => {
  const dir = await aDataDir(['lilei'], []);
  await moveOldSandbox(dir);
  expect(existsSync(join(dir, 'sandbox'))).toBe(false);
});
