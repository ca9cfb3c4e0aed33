import { describe, expect, it } from 'vitest';
import { warningsText, type NotifiedWarning } from '../../../../server/domain/warnings/texts.ts';
import { warningLink, warningView, type ShownWarning } from '../../../../server/domain/warnings/view.ts';

const aTold = (more: Partial<NotifiedWarning> = {}): NotifiedWarning => ({
  accountName: '甲公司',
  level: 'medium',
  text: '客户阶段由长期退回重复购买',
  link: null,
  ...more,
});

describe('the message about warnings', () => {
  it('puts the gravest first, one line each', () => {
    const told = [
      aTold({ level: 'low', text: '三' }),
      aTold({ text: '二' }),
      aTold({ level: 'high', text: '一' }),
    ];
    expect(warningsText(told)).toBe(
      '【客户预警】3 条\n· [高] 甲公司：一\n· [中] 甲公司：二\n· [低] 甲公司：三',
    );
  });

  it.each([
    [10, ''],
    [11, '……另有 1 条，请在管理后台查看'],
    [200, '……另有 190 条，请在管理后台查看'],
  ])('of %d shows ten and counts the rest', (count, rest) => {
    const lines = warningsText(Array.from({ length: count }, () => aTold())).split('\n');
    expect(lines[0]).toBe(`【客户预警】${count} 条`);
    expect(lines.filter((line) => line.startsWith('·'))).toHaveLength(10);
    expect(lines.at(-1)).toBe(rest || lines[10]);
  });

  it('lets no name or text break out of its line', () => {
    const text = warningsText([aTold({ accountName: '甲<a href="x">\n乙', text: '一\n"<b>&' })]);
    expect(text.split('\n')).toHaveLength(2);
    expect(text).not.toMatch(/<a href="x">|<b>/);
  });
});

const aShown = (more: Partial<ShownWarning> = {}): ShownWarning => ({
  _id: 'w1',
  kind: 'complaint_open',
  level: 'high',
  state: 'open',
  text: '投诉已超过 2 天没有处理完',
  inputs: { openDays: 3 },
  boundary: { name: 'openDays', value: 2 },
  contactId: null,
  heirId: null,
  raisedAt: new Date('2026-03-11T02:00:00Z'),
  seenAt: new Date('2026-03-11T02:00:00Z'),
  acknowledgedAt: null,
  acknowledgedBy: null,
  resolvedAt: null,
  resolvedBy: null,
  note: '',
  ...more,
});

describe('a warning as pages get it', () => {
  const beside = {
    account: { _id: 'a1', name: '甲公司', ownerId: 'anna' },
    nameOf: (staffId: string) => (staffId === 'anna' ? '安娜' : staffId),
    publicUrl: 'https://crm.example.com',
  };

  it('names its kind in Chinese, its why, its owner, and where to go about it', () => {
    expect(warningView(aShown(), beside)).toMatchObject({
      id: 'w1',
      kindName: '投诉未处理',
      why: { inputs: { openDays: 3 }, boundary: { name: 'openDays', value: 2 } },
      account: { id: 'a1', name: '甲公司' },
      owner: { staffId: 'anna', name: '安娜' },
      heir: null,
      resolvedAt: null,
      link: 'https://crm.example.com/console/',
    });
  });

  it('tells who took it on and who resolved it, by the id where nobody knows the name', () => {
    const at = new Date('2026-03-12T02:00:00Z');
    const shown = aShown({ state: 'resolved', resolvedAt: at, resolvedBy: 'gone', acknowledgedBy: 'anna' });
    expect(warningView(shown, { ...beside, account: { ...beside.account, ownerId: null } })).toMatchObject({
      owner: null,
      acknowledgedBy: { name: '安娜' },
      resolvedBy: { staffId: 'gone', name: 'gone' },
      resolvedAt: '2026-03-12T02:00:00.000Z',
    });
  });

  it.each([
    [null, 'https://crm.example.com/console/'],
    ['wm1', 'https://crm.example.com/sidebar/?contact=wm1'],
    ['wm&1/2', 'https://crm.example.com/sidebar/?contact=wm%261%2F2'],
  ])('about contact %s leads to %s', (contactId, link) => {
    expect(warningLink({ contactId }, 'https://crm.example.com')).toBe(link);
  });
});
