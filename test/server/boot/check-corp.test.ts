import { createConnection } from 'mongoose';
import { expect, it, onTestFinished } from 'vitest';
import { checkCorp } from '../../../server/boot/check-corp.ts';
import { aDatabase, databaseAt } from '../../support/a-database.ts';

const now = new Date('2026-03-11T02:00:00Z');
const REAL = { corpId: 'ww1111111111111111', isSandbox: false, now };
const OTHER = { corpId: 'ww2222222222222222', isSandbox: false, now };
const SANDBOX = { corpId: 'wwsandbox', isSandbox: true, now };

async function aBook() {
  const { uri, drop } = aDatabase();
  const db = await createConnection(uri).asPromise();
  onTestFinished(async () => {
    await db.destroy();
    await drop();
  });
  return { db, fill: () => databaseAt(uri).collection('accounts').insertOne({ name: '苏州恒锐' }) };
}

it('lets a corp open its own database again and again', async () => {
  const { db, fill } = await aBook();
  await checkCorp(db, REAL);
  await fill();
  await expect(checkCorp(db, REAL)).resolves.toBeUndefined();
});

it('lets the sandbox open its own database again and again', async () => {
  const { db, fill } = await aBook();
  await checkCorp(db, SANDBOX);
  await fill();
  await expect(checkCorp(db, SANDBOX)).resolves.toBeUndefined();
});

it('takes a database that an earlier version filled for the real corp that opens it first', async () => {
  const { db, fill } = await aBook();
  await fill();
  await checkCorp(db, REAL);
  await expect(checkCorp(db, OTHER)).rejects.toThrow(/ww1111111111111111.*ww2222222222222222.*DATA_DIR/);
});

it.each([
  ['the database of another corp', OTHER, REAL, /belongs to the corp ww2222222222222222/],
  ['the database of a real corp as a sandbox', REAL, SANDBOX, /belongs to the corp ww1111.*WECOM_CORP_ID/],
  ['the database of the sandbox for a real corp', SANDBOX, REAL, /is the sandbox's.*MONGODB_URI/],
])('refuses %s, and goes on refusing', async (...[, first, second, reason]) => {
  const { db } = await aBook();
  await checkCorp(db, first);
  await expect(checkCorp(db, second)).rejects.toThrow(reason);
  await expect(checkCorp(db, second)).rejects.toThrow(reason);
  await expect(checkCorp(db, first)).resolves.toBeUndefined();
});

it('never opens as a sandbox what holds data and does not say whose', async () => {
  const { db, fill } = await aBook();
  await fill();
  await expect(checkCorp(db, SANDBOX)).rejects.toThrow(/holds data of a real corp.*WECOM_CORP_ID/);
  await expect(checkCorp(db, REAL)).resolves.toBeUndefined();
});
