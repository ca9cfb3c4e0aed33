import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { syncContactsJob } from '../../../jobs/sync-contacts.ts';
import { BEN_FOLLOWS } from '../../support/leaver-world.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aMember, type Visitor } from '../../support/a-visitor.ts';
import { handsOf, type LivingWorld } from '../../support/a-world.ts';
import { aNote } from '../../support/a-note.ts';
import { openWorld } from '../../support/open-world.ts';

/**
 * ben of lena's team left three accounts in the pool: 甲 and 丙 nobody else knows, of 乙 anna follows a contact. anna's 丁 is her
 * own. carl and his manager mark are of another department; olga is admin.
 */
let world: LivingWorld;
const people = new Map<string, Visitor>();
const ids: Record<string, string> = {};

beforeAll(async () => {
  const corp = aTeamCorp([...BEN_FOLLOWS, ['anna', 'wm4', '丁公司'], ['carl', 'wm5', '戊公司']]);
  const opened = await openWorld({ corp, settings: { ADMIN_USERIDS: 'OLGA' } });
  world = { ...opened, ...handsOf(opened) };
  await world.run(syncContactsJob);
  for (const name of ['甲公司', '乙公司', '丙公司', '丁公司', '戊公司'])
    ids[name] = (await world.context.accounts.findByKey(name))?._id ?? '';
  world.platform.actions.removeStaff({ userid: 'ben' });
  await world.settled();
  await world.context.pool.unaccept(Object.values(ids));
  for (const name of ['anna', 'lena', 'carl', 'mark', 'olga'])
    people.set(name, await aMember(world.origin, name));
});
afterAll(() => world.close());

/** Asks as somebody; gives `status`, or `status code` for a refusal. */
async function ask(who: string, route: string, body?: object): Promise<string> {
  const [method = '', path = ''] = route.split(' ');
  const visitor = people.get(who);
  if (!visitor) throw new Error(`${who} is not here`);
  const address = `/api/v1${path.replace(/(甲|乙|丙|丁|戊)公司/, (name) => ids[name] ?? '')}`;
  const answer = method === 'GET' ? await visitor.go(address) : await visitor.send(address, body);
  if (answer.ok) return String(answer.status);
  const { error } = (await answer.json()) as { error: { code: string } };
  return `${answer.status} ${error.code}`;
}

/** The pool as somebody finds it listed. */
async function list(who: string, narrowed: string): Promise<{ name: string; dueOn: unknown }[]> {
  const found = await people.get(who)?.read(`/api/v1/accounts?pool=true${narrowed}`);
  return (found as { accounts: { name: string; dueOn: unknown }[] }).accounts;
}
const byName = (rows: { name: string }[]) => rows.map(({ name }) => name).toSorted();

const PIN = { tier: 'head', reason: '集团客户' };

describe('an account in the pool', () => {
  it.each([
    ['reading its classification', 'GET /accounts/甲公司/classification', undefined],
    ['reading its follow-ups', 'GET /accounts/甲公司/follow-ups', undefined],
    ['logging one', 'POST /accounts/甲公司/follow-ups', { ...aNote(), externalUserId: null }],
    ['its org chart', 'GET /accounts/甲公司/org-chart', undefined],
    ['its deals', 'GET /accounts/甲公司/deals', undefined],
    ['its complaints', 'GET /accounts/甲公司/complaints?state=open', undefined],
    ['an edit', 'POST /accounts/甲公司', { industry: '化工' }],
    ['a referral', 'POST /accounts/甲公司/referral', { referredById: null }],
    ['a rating', 'POST /accounts/甲公司/potential', { score: 1, sharePercent: null, reason: '看过' }],
    ['a release', 'POST /accounts/甲公司/release', { reason: '不做了' }],
    ['a merge into one’s own', 'POST /accounts/甲公司/merge', { intoId: '丁公司', reason: '同一家' }],
  ])('is closed to who has nothing to do with it, also a manager of others: %s', async (_, route, body) => {
    for (const who of ['anna', 'carl', 'mark']) expect(await ask(who, route, body)).toBe('403 claim_first');
  });

  it.each([
    ['a pin', 'POST /accounts/甲公司/tier-pin', PIN, '403 claim_first'],
    ['giving it to oneself', 'POST /accounts/甲公司/owner', { ownerId: 'mark' }, '403 claim_first'],
    ['its contact', 'GET /contacts/wm1/profile', undefined, '403 not_your_contact'],
    ['its contact’s profile', 'GET /contacts/wm1/kdm/changes', undefined, '403 not_your_contact'],
  ])('is no business of a manager of others: %s', async (...[, route, body, refusal]) => {
    expect(await ask('mark', route, body)).toBe(refusal);
  });

  it('shows what a claim needs, and that it can be claimed, to everybody', async () => {
    for (const who of ['carl', 'mark']) {
      const shown = (await people.get(who)?.read(`/api/v1/accounts/${ids['甲公司']}`)) as Record<
        string,
        unknown
      >;
      expect(shown).toMatchObject({
        access: 'basics',
        account: { name: '甲公司', tier: 'unrated', deputy: null, dueOn: null, lastTouchAt: null },
        formerOwner: null,
        contacts: [],
        history: [],
        may: { edit: false, setOwner: false, merge: false, release: false, claim: true },
      });
      expect(JSON.stringify(shown)).not.toContain('wm1');
    }
  });

  it('is listed with its basics, and cannot be looked for by what is not shown', async () => {
    for (const name of ['甲公司', '乙公司', '丙公司'])
      await world.context.accounts.update(ids[name] ?? '', { dueOn: '2026-03-02' });
    expect(byName(await list('carl', ''))).toEqual(['丙公司', '乙公司', '甲公司']);
    expect((await list('carl', '')).map(({ dueOn }) => dueOn)).toEqual([null, null, null]);
    expect(await list('carl', '&due=due')).toEqual([]);
    expect(byName(await list('anna', '&due=due'))).toEqual(['乙公司']);
    expect(byName(await list('lena', '&due=due'))).toEqual(['丙公司', '乙公司', '甲公司']);
  });

  it('stays open to who follows one of its contacts, to read and to log what they said', async () => {
    expect(await ask('anna', 'GET /accounts/乙公司/deals')).toBe('200');
    expect(await ask('anna', 'POST /contacts/wm2/follow-ups', aNote())).toBe('200');
    expect(await ask('anna', 'POST /accounts/乙公司', { industry: '化工' })).toBe('403 not_your_account');
  });

  it('stays wholly with the manager of who left it, and with administrators', async () => {
    for (const who of ['lena', 'olga']) {
      expect(await ask(who, 'GET /accounts/丙公司/deals')).toBe('200');
      expect(await ask(who, 'POST /accounts/丙公司', { industry: '化工' })).toBe('200');
      expect(await ask(who, 'POST /accounts/丙公司/tier-pin', PIN)).toBe('200');
      expect(await ask(who, 'GET /contacts/wm3/profile')).toBe('200');
    }
  });
});

describe('an account promised to an heir whom a leader agreed to', () => {
  beforeAll(async () => {
    const { pool, accounts } = world.context;
    const heirId = (await accounts.find(ids['丙公司'] ?? ''))?.heirId ?? '';
    await pool.accept({ formerOwnerId: 'ben', heirId }, 'lena');
  });

  it.each([
    ['a claim', 'carl', 'POST /accounts/丙公司/claim', {}],
    ['another owner, by the manager', 'lena', 'POST /accounts/丙公司/owner', { ownerId: 'lena' }],
    ['another owner, by an administrator', 'olga', 'POST /accounts/丙公司/owner', { ownerId: 'carl' }],
    ['a split', 'olga', 'POST /accounts/丙公司/split', { contactIds: ['wm3'], name: '丙二厂' }],
  ])('is not given away by %s', async (...[, who, route, body]) => {
    expect(await ask(who, route, body)).toBe('409 promised_to_heir');
  });

  it('is not given away by a merge or a transfer either', async () => {
    const merge = { intoId: ids['丁公司'], reason: '同一家' };
    expect(await ask('olga', 'POST /accounts/丙公司/merge', merge)).toBe('409 promised_to_heir');
    const heirId = (await world.context.accounts.find(ids['丙公司'] ?? ''))?.heirId;
    const takeoverId = heirId === 'lena' ? 'anna' : 'lena';
    const wish = { kind: 'resigned', handoverId: 'ben', takeoverId, accountIds: [ids['丙公司']] };
    expect(await ask('olga', 'POST /transfers', wish)).toBe('409 promised_to_heir');
    const assigned = { strategy: 'manual', accountIds: [ids['丙公司']], staffIds: ['carl'] };
    expect(await ask('olga', 'POST /pool/assign', assigned)).toBe('200');
    expect((await world.context.accounts.find(ids['丙公司'] ?? ''))?.ownerId).toBeNull();
  });
});

describe('userids that somebody writes', () => {
  it('are the directory’s, whatever their capitals: of administrators, owners, deputies and stand-ins', async () => {
    expect(await people.get('olga')?.read('/api/v1/me')).toMatchObject({ staffId: 'olga', role: 'admin' });
    expect(await ask('olga', 'POST /accounts/丁公司/owner', { ownerId: 'ANNA', deputyId: 'Lena' })).toBe(
      '200',
    );
    expect(await world.context.accounts.find(ids['丁公司'] ?? '')).toMatchObject({
      ownerId: 'anna',
      deputyId: 'lena',
    });
    const leave = { staffId: 'Anna', from: '2026-03-12', to: '2026-03-13', standInId: 'LENA' };
    expect(await ask('lena', 'POST /absences', leave)).toBe('200');
    expect(await world.context.absences.on('2026-03-12')).toMatchObject([
      { staffId: 'anna', standInId: 'lena' },
    ]);
    const made = { name: '己公司', ownerId: 'CARL' };
    expect(await ask('mark', 'POST /accounts', made)).toBe('200');
    expect((await world.context.accounts.findByKey('己公司'))?.ownerId).toBe('carl');
  });
});
