import { afterAll, beforeAll, expect, it } from 'vitest';
import { syncContactsJob } from '../../../jobs/sync-contacts.ts';
import { auditCommand } from '../../../server/cli/audit.ts';
import { UsageError } from '../../../server/cli/command.ts';
import { aNote } from '../../support/a-note.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aMember, type Visitor } from '../../support/a-visitor.ts';
import { handsOf } from '../../support/a-world.ts';
import { openWorld, type World } from '../../support/open-world.ts';
import type { AuditView } from '../../../server/api/contract/audit.ts';

const PROFILE = 'GET /contacts/:externalUserId/profile';

let world: World;
let anna: Visitor;
let olga: Visitor;
beforeAll(async () => {
  const corp = aTeamCorp([['anna', 'wm1', '甲']]);
  world = await openWorld({ corp, settings: { ADMIN_USERIDS: 'olga' } });
  await handsOf(world).run(syncContactsJob);
  anna = await aMember(world.origin, 'anna');
  olga = await aMember(world.origin, 'olga');
});
afterAll(() => world.close());

/** What the log holds once every reading is kept. */
async function audit(query = ''): Promise<AuditView> {
  await world.context.audit.drain();
  return (await olga.read(`/api/v1/audit${query}`)) as AuditView;
}
/** How often anna looked at a profile in this time; what a sign-in notes are other acts. */
const looks = async (from: string, to: string) =>
  (await audit(`?by=anna&from=${from}&to=${to}`)).entries.filter(({ act }) => act === PROFILE).length;
const run = (options: Record<string, string | boolean>) =>
  auditCommand.run(async () => world.context, { words: [], options });
const linesOf = ({ entries }: AuditView) =>
  entries.map(({ by, act, subject, status }) => [by.id, act, subject, status].join(' '));

it('notes every read and write of a member: who, when, which route, whom it was about, and the outcome', async () => {
  await anna.go('/api/v1/contacts/wm1/profile');
  await anna.send('/api/v1/contacts/wm1/follow-ups', aNote());
  await anna.send('/api/v1/contacts/wm1/follow-ups', { nonsense: true });
  const about = linesOf(await audit('?subject=contact:wm1'));
  expect(about).toContain('anna GET /contacts/:externalUserId/profile contact:wm1 200');
  expect(about).toContain('anna POST /contacts/:externalUserId/follow-ups contact:wm1 200');
  expect(about).toContain('anna POST /contacts/:externalUserId/follow-ups contact:wm1 400');
});

it('notes who asked for what they may not have', async () => {
  await anna.go('/api/v1/audit');
  await anna.go('/api/v1/contacts/wmNobody/profile');
  const lines = linesOf(await audit('?by=anna'));
  expect(lines).toContain('anna GET /audit  403');
  expect(lines).toContain('anna GET /contacts/:externalUserId/profile contact:wmNobody 404');
});

it('keeps no bodies and no names', async () => {
  await anna.send('/api/v1/contacts/wm1/follow-ups', aNote());
  await world.context.audit.drain();
  const kept = await world.context.audit.list({ limit: 200 });
  const requests = kept.filter(({ status }) => status !== null);
  expect(requests.length).toBeGreaterThan(0);
  for (const { from, to } of requests) expect([from, to]).toEqual([null, null]);
});

it('notes readings of the log, too', async () => {
  await audit('?limit=1');
  expect(linesOf(await audit('?by=olga'))).toContain('olga GET /audit  200');
});

it('pages through everything once, the latest first', async () => {
  for (let visits = 0; visits < 5; visits += 1) await anna.go('/api/v1/me');
  const whole = await audit('?by=anna&limit=200');
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page = await audit(`?by=anna&limit=2${cursor ? `&cursor=${cursor}` : ''}`);
    expect(page.entries.length).toBeLessThanOrEqual(2);
    seen.push(...page.entries.map(({ id }) => id));
    cursor = page.next;
  }
  expect(seen).toEqual(whole.entries.map(({ id }) => id));
  expect(new Set(seen).size).toBe(seen.length);
});

it('filters by time: from is included, to is not', async () => {
  const at = '2026-03-12T02:00:00.000Z';
  world.setNow(at);
  await anna.go('/api/v1/contacts/wm1/profile');
  await world.context.audit.drain();
  expect(await looks(at, '2026-03-12T02:00:00.001Z')).toBe(1);
  expect(await looks('2026-03-12T02:00:00.001Z', '2026-03-13T00:00:00.000Z')).toBe(0);
  expect(await looks('2026-03-12T01:59:59.999Z', at)).toBe(0);
});

it.each(['?limit=0', '?limit=201', '?from=yesterday', '?by='])('refuses %s', async (query) => {
  expect((await olga.go(`/api/v1/audit${query}`)).status).toBe(400);
});

it('finds the log whole, and by the command too', async () => {
  expect(await olga.read('/api/v1/audit/verify')).toMatchObject({ isWhole: true, faults: [] });
  expect(await run({ verify: true })).toMatchObject({ ok: true, text: expect.stringContaining('完整') });
  const listed = await run({ subject: 'contact:wm1', limit: '2' });
  expect(listed).toMatchObject({ ok: true, data: [{ subject: 'contact:wm1' }, { subject: 'contact:wm1' }] });
  await expect(run({ limit: 'many' })).rejects.toThrow(UsageError);
  expect((await run({ subject: 'contact:nobody' })).text).toBe('没有记录');
});

it('tells an administrator which roles may ask for which route, and what it loads for them', async () => {
  expect(await olga.read('/api/v1/permissions')).toMatchObject({
    routes: expect.arrayContaining([
      { route: 'GET /audit', roles: ['admin'], scope: null, loads: { what: 'nothing', to: null } },
      {
        route: 'GET /accounts/:accountId',
        roles: ['sales', 'manager', 'admin'],
        scope: 'accounts:read',
        loads: { what: 'account', to: 'basics' },
      },
    ]),
  });
});
