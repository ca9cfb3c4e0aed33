import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { ALL_JOBS } from '../../jobs/all-jobs.ts';
import { dueTimes, isMissed, isOfToday } from '../../jobs/due-time.ts';
import { calendarDay } from '../../server/domain/calendar.ts';

const SHANGHAI = 'Asia/Shanghai';
const jobNamed = (name: string) => {
  const job = ALL_JOBS.find((each) => each.name === name);
  if (!job) throw new Error(`no job ${name}`);
  return job;
};

const at = (text: string) => new Date(`${text}+08:00`);

/** At `now`, after a last run at `ran` (both in Shanghai): is one to be made up for? */
it.each([
  ['remind-owners', '2026-03-10T09:30:01', '2026-03-11T08:59:00', false],
  ['remind-owners', '2026-03-10T09:30:01', '2026-03-11T09:00:10', false], // just beginning
  ['remind-owners', '2026-03-10T09:30:01', '2026-03-11T09:01:00', true],
  ['remind-owners', '2026-03-10T09:30:01', '2026-03-11T14:00:00', true],
  ['remind-owners', '2026-03-02T09:30:01', '2026-03-11T20:59:00', true],
  ['remind-owners', '2026-03-10T09:30:01', '2026-03-11T21:00:00', false], // people are at home
  ['remind-owners', '2026-03-10T08:00:00', '2026-03-11T00:30:00', false], // of yesterday
  ['remind-owners', '2026-03-11T09:30:01', '2026-03-11T14:00:00', false],
  ['remind-owners', '2026-03-11T09:29:59.999', '2026-03-11T14:00:00', false], // timers are not that exact
  ['remind-owners', '2026-03-11T08:10:00', '2026-03-11T14:00:00', true], // by hand, too early
  ['sync-contacts', '2026-03-10T02:30:00', '2026-03-11T08:00:00', true],
  ['sync-contacts', '2026-03-10T02:30:00', '2026-03-11T23:58:00', true],
  ['sync-contacts', '2026-03-09T02:30:00', '2026-03-11T01:00:00', false],
  ['send-digest', '2026-03-10T18:30:00', '2026-03-11T22:30:00', true],
  ['send-digest', '2026-03-10T18:30:00', '2026-03-12T08:00:00', false],
  ['retry-inbox', '2026-03-10T18:30:00', '2026-03-11T22:30:00', false],
] as const)('%s, last run at %s, is made up for at %s: %s', (...[name, ran, now, expected]) => {
  const seen = { run: { startedAt: at(ran) }, timeZone: SHANGHAI, now: at(now) };
  expect(isMissed(jobNamed(name), seen)).toBe(expected);
});

it('a job that never ran has missed nothing', () => {
  const now = new Date('2026-03-11T14:00:00+08:00');
  expect(ALL_JOBS.filter((job) => isMissed(job, { run: null, timeZone: SHANGHAI, now }))).toEqual([]);
});

it('every job is due on some day, and tells its next time', () => {
  const now = new Date('2026-03-11T14:00:00+08:00');
  for (const job of ALL_JOBS) {
    const { last, next } = dueTimes(job, SHANGHAI, now);
    expect([job.name, last !== null && last <= now, next !== null && next > now]).toEqual([
      job.name,
      true,
      true,
    ]);
  }
});

it.each([
  ['Europe/Berlin', '2026-03-29T01:00:00Z', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25'],
  ['America/New_York', '2026-03-08T07:00:00Z', '2026-03-08'],
])('in %s the sync of a night with a clock change is at %s', (zone, due, day) => {
  const { last } = dueTimes(jobNamed('sync-contacts'), zone, new Date(`${day}T16:00:00Z`));
  expect(last?.toISOString()).toBe(new Date(due).toISOString());
});

it('has each nightly job once on each day of every zone, whatever the clocks do', () => {
  const zones = [
    'Asia/Shanghai',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Africa/Cairo',
    'Asia/Beirut',
    'America/Santiago',
  ];
  const nightly = ['sync-contacts', 'classify-accounts', 'watch-accounts', 'check-unassigned'].map(jobNamed);
  const day = fc
    .integer({ min: 0, max: 3 * 365 })
    .map((days) => new Date(Date.UTC(2025, 0, 1, 15) + days * 86_400_000));
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.constantFrom(...nightly), day, (zone, job, noon) => {
      const { next } = dueTimes(job, zone, noon);
      const after = next && dueTimes(job, zone, next).next;
      if (!next || !after) throw new Error('never due');
      const apart = Date.parse(calendarDay(after, zone)) - Date.parse(calendarDay(next, zone));
      expect(apart).toBe(86_400_000);
      expect(isOfToday(job, zone, next)).toBe(true);
    }),
  );
});
