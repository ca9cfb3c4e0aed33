import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dayName,
  digestCard,
  reminderText,
  stageName,
  surveyAsk,
  surveyLink,
  tierName,
  type DigestFacts,
} from '../../../server/domain/texts.ts';
import { npsCounts, npsFigure } from '../../../server/domain/nps/nps.ts';
import { DUE_REASONS } from '../../../server/domain/cadence/cadence.ts';
import { STAGES } from '../../../server/domain/classification/lifecycle.ts';
import { TIERS } from '../../../server/domain/classification/tier.ts';
import type { DueItem } from '../../../server/domain/cadence/view.ts';

const anItem = (given: Partial<DueItem> = {}): DueItem => ({
  accountId: 'a1',
  accountName: '恒锐精密',
  externalUserId: 'wm1',
  contactName: '王工',
  tier: 'head',
  dueOn: '2026-03-09',
  overdueWorkingDays: 0,
  state: 'due_today',
  reason: 'interval',
  ...given,
});
const linkOf = ({ externalUserId }: Pick<DueItem, 'externalUserId'>) =>
  externalUserId ? `http://localhost:3000/sidebar/?c=${externalUserId}` : null;
const remind = (items: DueItem[], total = items.length) =>
  reminderText({ today: '2026-03-11', total, items, linkOf, tasks: NO_TASKS });
const NO_TASKS = { total: 0, items: [] };
const bytes = (text: string) => Buffer.byteLength(text);

describe('a reminder', () => {
  it('names day, number and each customer with tier, reason and lateness, as links', () => {
    const items = [
      anItem({ overdueWorkingDays: 2 }),
      anItem({ accountName: '鼎盛模具', externalUserId: null, tier: 'unrated', reason: 'new_contact' }),
    ];
    expect(remind(items)).toBe(
      [
        '【今日跟进】3月11日，2 位客户等您联系',
        '· <a href="http://localhost:3000/sidebar/?c=wm1">恒锐精密</a>（头部，该联系了，逾期 2 个工作日）',
        '· 鼎盛模具（未分层，新客户，今天到期）',
      ].join('\n'),
    );
  });

  it.each([
    ['detractor', '贬损待回访'],
    ['promise', '有约定'],
    ['question', '问题待答复'],
    ['new_contact', '新客户'],
    ['interval', '该联系了'],
  ] as const)('says why: %s as %s', (reason, name) => {
    expect(remind([anItem({ reason, overdueWorkingDays: 3 })])).toContain(
      `（头部，${name}，逾期 3 个工作日）`,
    );
  });

  it('tells how many are left', () => {
    const lines = remind([anItem(), anItem()], 12).split('\n');
    expect(lines).toHaveLength(4);
    expect(lines.at(-1)).toBe('……还有 10 位，请在侧边栏查看');
  });

  it('does not let a name break its markup', () => {
    const text = remind([anItem({ accountName: '<a href="x">恒锐</a>\r\n&"' })]);
    expect(text.match(/[<>]/g)).toHaveLength(4);
    expect(text.match(/["]/g)).toHaveLength(2);
    expect(text).not.toContain('&');
    expect(text.split('\n')).toHaveLength(2);
    expect(text).toContain('恒锐');
  });

  it('shortens a long name to 24 letters, never within a letter', () => {
    expect(remind([anItem({ accountName: '名'.repeat(24) })])).toContain(`>${'名'.repeat(24)}<`);
    expect(remind([anItem({ accountName: '名'.repeat(25) })])).toContain(`>${'名'.repeat(23)}…<`);
    expect(remind([anItem({ accountName: '🏭'.repeat(25) })])).toContain(`>${'🏭'.repeat(23)}…<`);
  });

  it('fits into a message of 2048 bytes and counts everybody, whatever the names', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
    );
    const item = fc.record({
      accountName: name,
      reason: fc.constantFrom(...DUE_REASONS),
      tier: fc.constantFrom(...TIERS),
      overdueWorkingDays: fc.nat(400),
    });
    fc.assert(
      fc.property(
        fc.array(item, { maxLength: 40 }),
        fc.nat(100_000),
        fc.nat(300),
        (rows, more, linkLength) => {
          const link = `https://crm.example.com/${'x'.repeat(linkLength)}`;
          const total = rows.length + more;
          const items = rows.map((row) => anItem(row));
          const text = reminderText({
            today: '2026-03-11',
            total,
            items,
            linkOf: () => link,
            tasks: NO_TASKS,
          });
          expect(bytes(text)).toBeLessThanOrEqual(2048);
          const shown = text.split('\n').filter((line) => line.startsWith('· ')).length;
          const rest = Number(/还有 (\d+) 位/.exec(text)?.[1] ?? 0);
          expect(shown + rest).toBe(total);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('uses all of the 2048 bytes, and no more', () => {
    const sizes = Array.from({ length: 2100 }, (_, length) => {
      const text = reminderText({
        today: '2026-03-11',
        total: 5,
        items: [anItem()],
        tasks: NO_TASKS,
        linkOf: () => 'x'.repeat(length),
      });
      return bytes(text);
    });
    expect(Math.max(...sizes)).toBe(2048);
  });

  it('shows ten customers with usual names and links in full', () => {
    const items = Array.from({ length: 10 }, () => anItem({ accountName: '苏州恒锐精密机械有限公司' }));
    expect(remind(items).split('\n')).toHaveLength(11);
  });
});

/** A day on which nothing happened. */
const QUIET: DigestFacts = {
  today: '2026-03-11',
  done: 0,
  due: 0,
  overdue: 0,
  asking: 0,
  newContacts: 0,
  changes: [],
  nps: null,
  answers: [],
  pool: 0,
};
const aChange = (name = '恒锐') => ({ name, kind: 'tier', from: 'waist', to: 'head' }) as const;
const anAnswer = (score: number, comment = '') => ({ account: '恒锐', contact: '王工', score, comment });
const figure = (scores: number[]) => ({
  ...npsFigure(npsCounts(scores), null),
  campaign: '春季回访',
  sent: 60,
  delivered: 40,
});

describe('a digest', () => {
  it('is nothing when there is nothing to tell', () => {
    expect(digestCard(QUIET)).toBeNull();
    expect(digestCard({ ...QUIET, nps: figure([]) })).toBeNull();
  });

  it('tells everything in its order', () => {
    const changes = [aChange(), { name: '鼎盛', kind: 'stage', from: 'suspect', to: 'repeat' } as const];
    const work = { done: 12, due: 30, overdue: 4, newContacts: 3, pool: 2 };
    const facts = { ...QUIET, ...work, changes, nps: figure([9, 7, 3]), answers: [anAnswer(3, '交货太慢')] };
    expect(digestCard(facts)).toEqual({
      title: '团队日报 3月11日',
      description: [
        '跟进：完成 12，待办 30，其中逾期 4',
        '新增联系人：3',
        'NPS（春季回访）：送达 40 人，3 人作答，20 人待员工确认发送，推荐 1、中立 1、贬损 1（不足 10 份，不计分）',
        '· 3 分 恒锐 王工“交货太慢”',
        '分层与阶段变化：2',
        '· 恒锐：腰部 → 头部',
        '· 鼎盛：猜想 → 重复购买',
        '待分配客户：2',
      ].join('\n'),
    });
  });

  it.each<[Partial<DigestFacts>, string]>([
    [{ done: 1 }, '跟进：完成 1，待办 0，其中逾期 0'],
    [{ overdue: 1 }, '跟进：完成 0，待办 0，其中逾期 1'],
    [{ asking: 2 }, '请联系我：2 位客户还在等'],
    [{ newContacts: 5 }, '新增联系人：5'],
    [{ answers: [anAnswer(0)] }, '· 0 分 恒锐 王工'],
    [{ pool: 7 }, '待分配客户：7'],
  ])('of %j is one line', (given, line) => {
    expect(digestCard({ ...QUIET, ...given })?.description).toBe(line);
  });

  it('shows five changes and counts the others', () => {
    const lines = digestCard({
      ...QUIET,
      changes: Array.from({ length: 8 }, () => aChange()),
    })?.description.split('\n');
    expect(lines).toHaveLength(7);
    expect([lines?.[0], lines?.at(-1)]).toEqual(['分层与阶段变化：8', '……另有 3 项']);
  });

  it('shows the three worst answers and counts all', () => {
    const answers = [9, 0, 10, 6, 3].map((score) => anAnswer(score));
    expect(digestCard({ ...QUIET, answers })?.description.split('\n')).toEqual([
      '· 0 分 恒锐 王工',
      '· 3 分 恒锐 王工',
      '· 6 分 恒锐 王工',
      '……今日共 5 份评价',
    ]);
    expect(answers.map(({ score }) => score)).toEqual([9, 0, 10, 6, 3]);
  });

  it('does not let what others wrote break its markup', () => {
    const answers = [{ account: '<b>a', contact: 'c"&', score: 1, comment: 'x\ny<i>' }];
    const changes = [aChange('<div class="highlight">x\n')];
    const nps = { ...figure([9]), campaign: '<b>&' };
    const { description = '' } = digestCard({ ...QUIET, changes, nps, answers }) ?? {};
    expect(description).not.toMatch(/[<>&"\r]/);
    expect(description.split('\n')).toHaveLength(4);
  });

  it('fits into a card of 512 bytes, with dots where lines were left out, whatever the names', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
    );
    const stage = fc.constantFrom(...STAGES);
    const change = fc.record({ name, kind: fc.constant('stage' as const), from: stage, to: stage });
    const answer = fc.record({ account: name, contact: name, score: fc.nat(10), comment: name });
    const facts = fc.record({
      changes: fc.array(change),
      answers: fc.array(answer),
      campaign: name,
      n: fc.nat(99_999),
    });
    fc.assert(
      fc.property(facts, ({ changes, answers, campaign, n }) => {
        const counts = { done: n, due: n, overdue: n, newContacts: n, pool: n };
        const nps = { ...figure(Array.from({ length: 12 }, () => 9)), campaign, sent: n, delivered: n };
        const { description = '' } = digestCard({ ...QUIET, ...counts, changes, answers, nps }) ?? {};
        expect(bytes(description)).toBeLessThanOrEqual(512);
        const isWhole = n === 0 || description.endsWith(`\n待分配客户：${n}`);
        expect(isWhole || description.endsWith('\n……')).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('names for people', () => {
  it('exist for every tier and stage', () => {
    expect(TIERS.map(tierName)).toEqual(['头部', '腰部', '尾部', '未分层']);
    expect(STAGES.map(stageName)).toEqual([
      '猜想',
      '预期',
      '首次成交',
      '重复购买',
      '长期',
      '拥护者',
      '战略合作',
      '合伙人',
    ]);
  });

  it.each([
    ['2026-01-01', '1月1日'],
    ['2026-11-26', '11月26日'],
  ])('of the day %s is %s', (day, name) => {
    expect(dayName(day)).toBe(name);
  });
});

it('a survey is asked for in words and a link within WeCom’s limits', () => {
  const link = surveyLink('http://localhost/s/c/1');
  expect(link.url).toBe('http://localhost/s/c/1');
  expect(bytes(link.title)).toBeLessThanOrEqual(128);
  expect(bytes(link.description)).toBeLessThanOrEqual(512);
  expect(bytes(surveyAsk())).toBeLessThanOrEqual(4000);
});
