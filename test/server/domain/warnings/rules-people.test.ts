import { describe, expect, it } from 'vitest';
import type { Finding, WarningFacts } from '../../../../server/domain/warnings/facts.ts';
import {
  complaintOpen,
  contactDeleted,
  contactLeft,
  detractor,
  isKeyPerson,
  kdmLeft,
  kdmStale,
  singleThreaded,
} from '../../../../server/domain/warnings/rules-people.ts';
import { aFollowing, aWatch, facts, noon, withThresholds } from '../../../support/a-watch.ts';

const told = (findings: Finding[]) => findings.map(({ subject, isFresh }) => [subject, isFresh]);
const lost = (
  lostBy: 'by_contact' | 'by_staff' | 'transferred' | 'gone',
  day = '2026-03-10',
  staffId = 'anna',
) => aFollowing({ staffId, lostBy, lostAt: noon(day) });
const key = [{ _id: 'wm1', name: '王经理', kdm: { decisionRole: 'purchaser' } }] as const;
const withRelations = (...relations: WarningFacts['relations']) => facts({}, { relations });

describe('contact deleted us (del_follow_user)', () => {
  it('is told with who was deleted and when', () => {
    expect(contactLeft(withRelations(lost('by_contact')), aWatch())).toEqual([
      {
        kind: 'contact_left',
        subject: 'anna:wm1',
        text: '联系人 王经理 于 3月10日 删除了我方',
        inputs: { staffId: 'anna', lostAt: '2026-03-10T04:00:00.000Z' },
        boundary: null,
        isFresh: true,
        contactId: 'wm1',
      },
    ]);
  });

  it.each([
    ['2026-02-09', true],
    ['2026-02-08', false],
  ])('on %s is news: %s, as 30 days make it old', (day, isFresh) => {
    expect(told(contactLeft(withRelations(lost('by_contact', day)), aWatch()))).toEqual([
      ['anna:wm1', isFresh],
    ]);
  });

  it.each([['by_staff'], ['transferred'], ['gone']] as const)('is not meant by a loss %s', (lostBy) => {
    expect(contactLeft(withRelations(lost(lostBy)), aWatch())).toEqual([]);
  });

  it('is not told beside the loss of a key person', () => {
    const both = facts({}, { contacts: [...key], relations: [lost('by_contact')] });
    expect(contactLeft(both, aWatch())).toEqual([]);
    const heldByBen = { ...both, relations: [lost('by_contact'), aFollowing({ staffId: 'ben' })] };
    expect(told(contactLeft(heldByBen, aWatch()))).toEqual([['anna:wm1', true]]);
  });
});

describe('staff deleted contact (del_external_contact)', () => {
  it('is told, and nothing else is', () => {
    const all = withRelations(
      lost('by_staff'),
      lost('by_contact', '2026-03-10', 'ben'),
      aFollowing({ staffId: 'carl' }),
    );
    expect(contactDeleted(all, aWatch())).toMatchObject([
      { kind: 'contact_deleted', subject: 'anna:wm1', text: '我方员工于 3月10日 删除了联系人 王经理' },
    ]);
  });
});

describe('a key person', () => {
  it.each([
    [{}, false],
    [{ budget: 'none' }, false],
    [{ budget: 'recommends' }, false],
    [{ budget: 'approves_up_to' }, true],
    [{ budget: 'final' }, true],
    [{ decisionRole: 'user' }, true],
    [{ level: 'executive' }, false],
  ] as const)('%j: %s', (kdm, isKey) => {
    expect(isKeyPerson(kdm)).toBe(isKey);
  });
});

const whose = (relations: WarningFacts['relations'], contacts: WarningFacts['contacts'] = key) =>
  told(kdmLeft(facts({}, { contacts, relations }), aWatch()));

describe('KDM left', () => {
  it('is a key person whom nobody follows any more', () => {
    expect(whose([lost('by_contact', '2026-03-01'), lost('gone', '2026-03-10', 'ben')])).toEqual([
      ['wm1', true],
    ]);
    expect(whose([lost('by_contact'), aFollowing({ staffId: 'ben' })])).toEqual([]);
  });

  it('is nobody without a part in the decision, and nobody who was handed over', () => {
    expect(whose([lost('by_contact')], [{ _id: 'wm1', name: '', kdm: {} }])).toEqual([]);
    expect(whose([lost('transferred')])).toEqual([]);
  });

  it('is old news by the day when the last one was lost', () => {
    expect(whose([lost('by_contact', '2026-02-08'), lost('gone', '2026-02-07', 'ben')])).toEqual([
      ['wm1', false],
    ]);
    expect(whose([lost('by_contact', '2026-02-09'), lost('gone', '2026-02-07', 'ben')])).toEqual([
      ['wm1', true],
    ]);
  });
});

const stale = (confirmedAt: Date | null, relations = [aFollowing()]) =>
  kdmStale(
    facts(
      {},
      { relations, contacts: [{ _id: 'wm1', name: '王', kdm: { decisionRole: 'user', confirmedAt } }] },
    ),
    aWatch(),
  );

describe('KDM stale', () => {
  it.each([
    ['2025-12-11', 0], // 90 days ago
    ['2025-12-10', 1], // 91 days ago
  ])('confirmed on %s: %d warnings, as 90 days make it stale', (day, count) => {
    expect(stale(noon(day))).toHaveLength(count);
  });

  it('is also who was never confirmed, but nobody who is gone', () => {
    expect(stale(null)).toMatchObject([{ subject: 'wm1', boundary: { name: 'staleDays', value: 90 } }]);
    expect(stale(null, [lost('by_contact')])).toEqual([]);
  });
});

const marked = (score: number, day = '2026-03-10') =>
  detractor(facts({}, { answers: [{ externalUserId: 'wm1', score, answeredAt: noon(day) }] }), aWatch());

describe('a detractor', () => {
  it.each([
    [0, 1],
    [6, 1],
    [7, 0],
    [10, 0],
  ])('a mark of %d: %d warnings', (score, count) => {
    expect(marked(score)).toHaveLength(count);
  });

  it('is told with the mark and why, as long as it is news', () => {
    expect(marked(3)).toMatchObject([
      {
        subject: 'wm1',
        text: '王经理 给出了 3 分的评价',
        inputs: { score: 3 },
        boundary: { name: 'score', value: 6 },
      },
    ]);
    expect(told([...marked(3, '2026-02-09'), ...marked(3, '2026-02-08')])).toEqual([
      ['wm1', true],
      ['wm1', false],
    ]);
  });
});

describe('no second contact at a head account (single-threaded)', () => {
  const two = [aFollowing(), aFollowing({ externalUserId: 'wm2' })];

  it.each([
    ['head', [aFollowing()], 1],
    ['head', [], 1],
    ['head', two, 0],
    ['head', [aFollowing(), aFollowing({ staffId: 'ben' })], 1], // two of us, one of them
    [
      'head',
      [aFollowing(), aFollowing({ externalUserId: 'wm2', lostAt: noon('2026-03-01'), lostBy: 'gone' })],
      1,
    ],
    ['waist', [aFollowing()], 0],
  ] as const)('%s with %j: %d warnings', (tier, relations, count) => {
    expect(singleThreaded(facts({ tier }, { relations }), aWatch())).toHaveLength(count);
  });

  it('counts by the settings', () => {
    const threads = singleThreaded(
      facts({ tier: 'head' }, { relations: two }),
      withThresholds({ headContacts: 3 }),
    );
    expect(threads).toMatchObject([{ inputs: { contacts: 2 }, boundary: { value: 3 } }]);
  });
});

const complained = (openedAt: string, externalUserId: string | null = 'wm1') =>
  facts({}, { complaints: [{ _id: 'k1', externalUserId, openedAt: new Date(openedAt) }] });

describe('complaint open > 2 days', () => {
  it.each([
    ['2026-03-09T02:00:00.000Z', 0], // two days to the millisecond
    ['2026-03-09T01:59:59.999Z', 1],
    ['2026-03-01T02:00:00.000Z', 1],
    ['2026-03-11T02:00:00.000Z', 0],
    ['2026-03-12T02:00:00.000Z', 0], // a clock that was set back
  ])('opened at %s: %d warnings', (openedAt, count) => {
    expect(complaintOpen(complained(openedAt), aWatch())).toHaveLength(count);
  });

  it('is one warning a complaint, with who complained and for how long', () => {
    expect(complaintOpen(complained('2026-03-08T01:00:00Z'), aWatch())).toEqual([
      {
        kind: 'complaint_open',
        subject: 'k1',
        text: '王经理 的投诉已超过 2 天没有处理完',
        inputs: { openedAt: '2026-03-08T01:00:00.000Z', openDays: 3 },
        boundary: { name: 'openDays', value: 2 },
        isFresh: true,
        contactId: 'wm1',
      },
    ]);
    expect(complaintOpen(complained('2026-03-08T01:00:00Z', null), aWatch())).toMatchObject([
      { text: '投诉已超过 2 天没有处理完', contactId: null },
    ]);
  });

  it.each([
    [5, 0],
    [4, 1],
  ])('after %d days by the settings: %d warnings', (complaintDays, count) => {
    const watch = withThresholds({ complaintDays });
    expect(complaintOpen(complained('2026-03-07T01:00:00Z'), watch)).toHaveLength(count);
  });
});
