import { expect, it } from 'vitest';
import type { DoctorParts } from '../../../../server/context.ts';
import { runDoctor } from '../../../../server/flows/doctor/run-doctor.ts';
import { checkDatabase } from '../../../../server/flows/doctor/check-database.ts';
import { checkInbox } from '../../../../server/flows/doctor/check-inbox.ts';
import { checkJobs } from '../../../../server/flows/doctor/check-jobs.ts';
import { createDatabaseProbe } from '../../../../server/store/db/database-probe.ts';
import { readJobs } from '../../../../jobs/list-jobs.ts';
import { aShelf } from '../../../support/a-shelf.ts';
import { findingOf } from '../../../support/a-doctor.ts';
import { now, played } from '../../../support/a-played-doctor.ts';

const AT = now();
const before = (minutes: number) => new Date(AT.getTime() - minutes * 60_000);
const HOUR = 60;

/** Parts over real shelves, and the shelves. */
async function aBook() {
  const shelf = await aShelf();
  const book = async () => ({ database: createDatabaseProbe(shelf.connection), ...shelf });
  return {
    shelf,
    parts: { ...(await played({})), book, pingRedis: async () => undefined, readJobs: null, secrets: [] },
  };
}

it.each([
  [1, 'ok', null],
  [36 * HOUR - 1, 'ok', null],
  [36 * HOUR, 'warn', 'late'],
])('a synchronisation that ended well %i minutes ago: %s', async (minutes, ...[status, code]) => {
  const { shelf, parts } = await aBook();
  const run = { startedAt: before(minutes), endedAt: before(minutes), tally: {}, error: null };
  await shelf.runs.save({ _id: 'sync-contacts', ...run, lastGoodAt: before(minutes) });
  expect(await checkJobs(parts)).toMatchObject({ status, code });
});

/** A run of a job that began and ended then. */
const ranAt = (time: string) => ({
  startedAt: new Date(time),
  endedAt: new Date(time),
  tally: {},
  error: null,
});

it('names a run of today that is missing, with the rule by which it is made up for', async () => {
  const { shelf, parts } = await aBook();
  const last = ranAt('2026-03-10T18:30:00Z');
  await shelf.runs.save({ _id: 'sync-contacts', ...last, lastGoodAt: last.endedAt });
  expect(await checkJobs({ ...parts, readJobs })).toMatchObject({ status: 'ok' });
  await shelf.runs.save({ _id: 'remind-owners', ...ranAt('2026-03-10T01:00:00Z'), lastGoodAt: null });
  const verdict = await checkJobs({ ...parts, readJobs });
  expect(verdict).toMatchObject({ status: 'warn', code: 'missed' });
  expect(verdict.answer).toMatch(/remind-owners：当天 21:00 前补做$/);
  expect(await checkJobs(parts)).toMatchObject({ status: 'ok' });
});

it('misses a synchronisation that never ended well', async () => {
  const { shelf, parts } = await aBook();
  expect(await checkJobs(parts)).toMatchObject({ status: 'warn', code: 'never_ran' });
  const failed = { startedAt: AT, endedAt: AT, tally: {}, error: 'x', lastGoodAt: null };
  await shelf.runs.save({ _id: 'sync-contacts', ...failed });
  expect(await checkJobs(parts)).toMatchObject({ status: 'warn', code: 'never_ran' });
});

it.each([
  ['waiting', 9, 'ok', null],
  ['waiting', 10, 'warn', 'stuck'],
  ['failed', 1, 'warn', 'failed_events'],
  ['ignored', 90, 'ok', null],
] as const)('an event that is %s for %i minutes: %s', async (...[state, minutes, status, code]) => {
  const { shelf, parts } = await aBook();
  await shelf.inbox.keep({
    _id: 'e1',
    kind: 'k',
    subject: 's',
    fields: {},
    happenedAt: before(minutes),
    receivedAt: before(minutes),
    state,
  });
  expect(await checkInbox(parts)).toMatchObject({ status, code });
});

it('is content with a database that has everything', async () => {
  const { parts } = await aBook();
  expect(await checkDatabase(parts)).toMatchObject({ status: 'ok' });
});

it('names the index that is missing', async () => {
  const { shelf, parts } = await aBook();
  await shelf.connection.collection('contacts').dropIndex('accountId_1');
  expect(await checkDatabase(parts)).toMatchObject({
    status: 'fail',
    code: 'index_missing',
    subject: 'contacts(accountId)',
  });
});

it.each([
  ['5.0.14', 'fail', 'too_old'],
  ['6.0.0', 'ok', null],
  ['10.0.0', 'ok', null],
])('a server of version %s: %s', async (version, ...[status, code]) => {
  const { parts } = await aBook();
  const book = async () => {
    const opened = await parts.book();
    return { ...opened, database: { ...opened.database, version: async () => version } };
  };
  expect(await checkDatabase({ ...parts, book })).toMatchObject({ status, code });
});

const readOnly = () => Promise.reject(new Error('not primary'));

it('says so when nothing can be written', async () => {
  const { parts } = await aBook();
  const book = async () => {
    const opened = await parts.book();
    return { ...opened, database: { ...opened.database, roundTrip: readOnly } };
  };
  expect(await checkDatabase({ ...parts, book })).toMatchObject({ status: 'fail', code: 'not_writable' });
});

it('goes on after a check that breaks, and never throws', async () => {
  const { parts } = await aBook();
  const broken: DoctorParts = {
    ...parts,
    freeBytes: async () => null,
    probe: { ...parts.probe, knock: () => Promise.reject(new Error('out of order')) },
  };
  const findings = await runDoctor(broken);
  expect(findingOf(findings, 'api')).toMatchObject({
    status: 'fail',
    code: 'check_broke',
    answer: 'out of order',
  });
  expect(findingOf(findings, 'database').status).toBe('ok');
});
