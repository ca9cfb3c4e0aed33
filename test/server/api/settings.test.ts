import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../server/domain/settings.ts';
import { DEFAULT_PLAYBOOK } from '../../../server/domain/classification/playbook.ts';
import { applySettingsJob } from '../../../jobs/apply-settings.ts';
import { syncContactsJob } from '../../../jobs/sync-contacts.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aMember, type Visitor } from '../../support/a-visitor.ts';
import { handsOf } from '../../support/a-world.ts';
import { openWorld, WEDNESDAY, type World } from '../../support/open-world.ts';

const PLAYBOOK = '/api/v1/settings/playbook';
const cheaper = { ...DEFAULT_PLAYBOOK, tail: { ...DEFAULT_PLAYBOOK.tail, commissionPercent: 2 } };
const dearer = { ...DEFAULT_PLAYBOOK, tail: { ...DEFAULT_PLAYBOOK.tail, commissionPercent: 5 } };

let world: World;
const people = new Map<string, Visitor>();
beforeAll(async () => {
  world = await openWorld({ corp: aTeamCorp([]), settings: { ADMIN_USERIDS: 'olga,lena' } });
  await handsOf(world).run(syncContactsJob);
  for (const name of ['olga', 'lena', 'anna']) people.set(name, await aMember(world.origin, name));
});
afterAll(() => world.close());

/** Two administrators and a seller, and the version of the playbook that holds now. */
async function anOffice() {
  const [olga, lena, anna] = ['olga', 'lena', 'anna'].map((name) => people.get(name));
  if (!olga || !lena || !anna) throw new Error('somebody is missing');
  const { version, value } = await world.context.settings.readSection('playbook');
  return { ...world, olga, lena, anna, version, value };
}
type Sections = { sections: { name: string; version: number; savedBy: unknown }[] };

it('shows every section with its defaults, saved by nobody at first', async () => {
  const { olga } = await anOffice();
  const { sections } = (await olga.read('/api/v1/settings')) as Sections;
  expect(sections.map(({ name }) => name)).toEqual(Object.keys(DEFAULT_SETTINGS));
  expect(sections.find(({ name }) => name === 'playbook')).toEqual({
    name: 'playbook',
    value: DEFAULT_PLAYBOOK,
    version: 0,
    defaults: DEFAULT_PLAYBOOK,
    canPreview: false,
    savedBy: null,
    savedAt: null,
  });
});

it('saves a section, tells who saved it and when, and shows it to sales at once', async () => {
  const { olga, anna, version } = await anOffice();
  const saved = await olga.send(PLAYBOOK, { value: cheaper, version });
  expect([saved.status, await saved.json()]).toEqual([200, { value: cheaper, version: version + 1 }]);
  const { sections } = (await olga.read('/api/v1/settings')) as Sections;
  expect(sections.find(({ name }) => name === 'playbook')).toMatchObject({
    version: version + 1,
    savedBy: { staffId: 'olga', name: 'olga' },
    savedAt: new Date(WEDNESDAY).toISOString(),
  });
  expect(await anna.read('/api/v1/playbook/tail')).toEqual({ tier: 'tail', policy: cheaper.tail });
  expect(await anna.read('/api/v1/playbook/unrated')).toEqual({ tier: 'unrated', policy: null });
});

it('loses nothing when two administrators save at once: the second is shown what the first saved', async () => {
  const { olga, lena, version } = await anOffice();
  const answers = await Promise.all([
    olga.send(PLAYBOOK, { value: cheaper, version }),
    lena.send(PLAYBOOK, { value: dearer, version }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const isOlgaFirst = answers[0]?.status === 200;
  const late = await answers[isOlgaFirst ? 1 : 0]?.json();
  const first = isOlgaFirst ? 'olga' : 'lena';
  expect(late).toEqual({
    error: {
      code: 'changed_meanwhile',
      message: `${first} 刚刚保存了这一组设置，您的修改还没有保存`,
      requestId: expect.any(String),
      details: {
        value: isOlgaFirst ? cheaper : dearer,
        version: version + 1,
        savedBy: { staffId: first, name: first },
        savedAt: new Date(WEDNESDAY).toISOString(),
      },
    },
  });
  const again = await (isOlgaFirst ? lena : olga).send(PLAYBOOK, { value: dearer, version: version + 1 });
  expect(await again.json()).toEqual({ value: dearer, version: version + 2 });
});

it.each([-1, 1])('takes no version that is not the one kept: %i off', async (off) => {
  const { olga, version } = await anOffice();
  expect((await olga.send(PLAYBOOK, { value: dearer, version: version + off })).status).toBe(409);
});

it('refuses numbers that cannot be, each by its field, and keeps what was there', async () => {
  const { olga, context, version } = await anOffice();
  const head = { ...DEFAULT_PLAYBOOK.head, commissionPercent: 120, visitDays: 999 };
  const answer = await olga.send(PLAYBOOK, { value: { ...DEFAULT_PLAYBOOK, head }, version });
  expect([answer.status, await answer.json()]).toEqual([
    400,
    {
      error: {
        code: 'invalid_settings',
        message: expect.any(String),
        requestId: expect.any(String),
        details: [
          { field: 'head.visitDays', message: '拜访间隔请填 0 到 365 天，0 表示不安排拜访' },
          { field: 'head.commissionPercent', message: '提成请填 0 到 100 的整数' },
        ],
      },
    },
  ]);
  expect((await context.settings.readSection('playbook')).version).toBe(version);
});

it('refuses what is no section, or has not its shape', async () => {
  const { olga, version } = await anOffice();
  expect((await olga.send('/api/v1/settings/weather', { value: {}, version })).status).toBe(400);
  const { services, ...shapeless } = DEFAULT_PLAYBOOK.head;
  const answer = await olga.send(PLAYBOOK, { value: { ...DEFAULT_PLAYBOOK, head: shapeless }, version });
  expect(await answer.json()).toMatchObject({
    error: { code: 'invalid_settings', details: [{ field: 'head.services' }] },
  });
  expect(services.length).toBeGreaterThan(0);
});

it('brings the defaults back, as one more change', async () => {
  const { olga, version } = await anOffice();
  await olga.send(PLAYBOOK, { value: cheaper, version });
  expect((await olga.send(`${PLAYBOOK}/reset`, { version })).status).toBe(409);
  const reset = await olga.send(`${PLAYBOOK}/reset`, { version: version + 1 });
  expect(await reset.json()).toEqual({ value: DEFAULT_PLAYBOOK, version: version + 2 });
});

it('notes who changed a section, from what, to what', async () => {
  const { olga, context, version, value } = await anOffice();
  await olga.send(PLAYBOOK, { value: cheaper, version });
  const kept = await context.audit.list({ subject: 'settings:playbook', limit: 9 });
  expect(kept.find(({ act }) => act === 'settings.playbook')).toMatchObject({
    by: 'olga',
    at: new Date(WEDNESDAY),
    act: 'settings.playbook',
    from: value,
    to: cheaper,
  });
});

it('tells how many accounts other numbers would move before they are saved, and only where that means something', async () => {
  const { olga, context } = await anOffice();
  const path = '/api/v1/settings/tier/preview';
  const nobody = await olga.send(path, { value: DEFAULT_SETTINGS.tier });
  expect(await nobody.json()).toEqual({ seen: 0, changed: 0, moves: [], examples: [] });
  const rankPercent = { head: 50, waist: 40, tail: 30 };
  const wrong = await olga.send(path, { value: { ...DEFAULT_SETTINGS.tier, rankPercent } });
  expect([wrong.status, await wrong.json()]).toMatchObject([400, { error: { code: 'invalid_settings' } }]);
  const odd = await olga.send(`${PLAYBOOK}/preview`, { value: DEFAULT_PLAYBOOK });
  expect([odd.status, await odd.json()]).toMatchObject([400, { error: { code: 'no_preview' } }]);
  expect((await context.settings.readSection('tier')).version).toBe(0);
});

it('saves the cadence without counting the book: due dates follow with the job that comes every minute', async () => {
  const { olga, context } = await anOffice();
  const knownSince = new Date(WEDNESDAY);
  const made = await context.accounts.create({
    name: '甲公司',
    nameKey: '甲公司',
    ownerId: 'anna',
    knownSince,
  });
  const id = made?._id ?? '';
  await context.accounts.update(id, { lastTouchAt: knownSince, dueOn: '2020-01-01' });
  const dueOn = async () => (await context.accounts.find(id))?.dueOn;
  const saved = await olga.send('/api/v1/settings/cadence', { value: DEFAULT_SETTINGS.cadence, version: 0 });
  expect([saved.status, await dueOn()]).toEqual([200, '2020-01-01']);
  await handsOf(world).run(applySettingsJob);
  expect(await dueOn()).not.toBe('2020-01-01');
});
