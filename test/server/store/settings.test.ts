import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type SectionName, type Settings } from '../../../server/domain/settings.ts';
import { aShelf } from '../../support/a-shelf.ts';

const byOlga = { by: 'olga', at: new Date('2026-03-11T02:00:00Z') };
const saved = async <Name extends SectionName>(name: Name, value: unknown): Promise<Settings[Name]> => {
  const { settings } = await aShelf();
  await settings.save(name, { value: value as Settings[Name], version: 0 }, byOlga);
  const whole = await settings.read();
  expect((await settings.readSection(name)).value).toEqual(whole[name]);
  return whole[name];
};

it('gives a rule and a number that were invented after the section was saved their defaults', async () => {
  const { rules, thresholds } = DEFAULT_SETTINGS.warnings;
  const { complaint_open: newRule, ...oldRules } = rules;
  const { complaintDays: newNumber, ...oldNumbers } = thresholds;
  const value = { rules: oldRules, thresholds: { ...oldNumbers, contractEndsDays: 60 } };
  const { rules: read, thresholds: numbers } = await saved('warnings', value);
  expect(read.complaint_open).toEqual(newRule);
  expect(numbers).toEqual({ ...oldNumbers, complaintDays: newNumber, contractEndsDays: 60 });
});

it('brings nothing back that somebody took out', async () => {
  const { unrated } = DEFAULT_SETTINGS.cadence.rhythms;
  const rhythms = { ...DEFAULT_SETTINGS.cadence.rhythms, unrated: { usual: unrated.usual, byStage: {} } };
  const cadence = await saved('cadence', { ...DEFAULT_SETTINGS.cadence, rhythms });
  expect(cadence.rhythms.unrated.byStage).toEqual({});
  expect(await saved('customFields', [])).toEqual([]);
  expect(await saved('calendar', { freeDays: [], workingDays: ['2026-05-02'] })).toEqual({
    freeDays: [],
    workingDays: ['2026-05-02'],
  });
});

it('shows what was saved here at once, however recently it was read', async () => {
  const { settings } = await aShelf();
  const before = await settings.recent();
  expect(before.calendar).toEqual(DEFAULT_SETTINGS.calendar);
  const value = { freeDays: ['2026-12-31'], workingDays: [] };
  await settings.save('calendar', { value, version: 0 }, byOlga);
  expect((await settings.recent()).calendar).toEqual(value);
});
