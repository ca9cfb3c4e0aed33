import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACCOUNT_SOURCES } from '../../../../server/domain/accounts/account.ts';
import {
  channelProblems,
  createChannelReport,
  type Brought,
} from '../../../../server/domain/channels/channel.ts';

const brought = (contacts: number, orders: number, revenueFen: number): Brought => ({
  contacts,
  orders,
  revenueFen,
});
const code = (detail: string) => ({ kind: 'channel' as const, detail });
const expo = { code: 'expo', name: '广交会', costFen: 500_000 };

type Source = Parameters<ReturnType<typeof createChannelReport>['add']>[0];
const rowsOf = (book: readonly [Source, Brought][]) => {
  const report = createChannelReport();
  for (const [source, sums] of book) report.add(source, sums);
  return report.rows();
};
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

describe('report contacts → accounts → orders → revenue per channel', () => {
  it('sums accounts up by the code they came by, with its name and cost', () => {
    const report = createChannelReport([expo]);
    report.add(code('expo'), brought(2, 3, 9_000));
    report.add(code('expo'), brought(1, 0, 0));
    report.add(code('web'), brought(1, 1, 10_000));
    expect(report.rows()).toEqual([
      {
        kind: 'channel',
        code: 'web',
        name: 'web',
        costFen: null,
        contacts: 1,
        accounts: 1,
        buyers: 1,
        orders: 1,
        revenueFen: 10_000,
      },
      {
        kind: 'channel',
        ...expo,
        contacts: 3,
        accounts: 2,
        buyers: 1,
        orders: 3,
        revenueFen: 9_000,
      },
    ]);
  });

  it('calls a channel that has a cost and no name by its code', () => {
    const report = createChannelReport([{ code: ' expo', name: ' ', costFen: 1 }]);
    report.add(code('expo'));
    expect(report.rows()).toMatchObject([{ code: 'expo', name: 'expo', costFen: 1, accounts: 1 }]);
  });

  it('counts an account that brought nothing', () => {
    const report = createChannelReport();
    report.add(code('expo'), {});
    expect(report.rows()).toMatchObject([{ accounts: 1, contacts: 0, buyers: 0, orders: 0, revenueFen: 0 }]);
  });

  it('keeps add_way, referral, import and manual apart, each once, whoever did it', () => {
    const report = createChannelReport();
    for (const kind of ['wecom', 'referral', 'import', 'manual'] as const)
      for (const detail of ['anna', 'ben']) report.add({ kind, detail }, brought(1, 0, 0));
    report.add(null, brought(0, 0, 0));
    expect(report.rows().map(({ kind, name, accounts }) => [kind, name, accounts])).toEqual([
      ['wecom', '员工添加', 2],
      ['import', '导入', 2],
      ['manual', '手工新建', 2],
      ['referral', '转介绍', 2],
      ['unknown', '不详', 1],
    ]);
  });

  it('shows a channel that cost something and brought nobody', () => {
    expect(createChannelReport([expo]).rows()).toMatchObject([
      { code: 'expo', costFen: 500_000, accounts: 0, revenueFen: 0 },
    ]);
  });

  it('all sums agree: the rows add up to the whole, in whatever order accounts come', () => {
    const anySource = fc.option(
      fc.record({ kind: fc.constantFrom(...ACCOUNT_SOURCES), detail: fc.constantFrom('a', 'b', '') }),
    );
    const anyBrought = fc.record({
      contacts: fc.nat(9),
      orders: fc.nat(9),
      revenueFen: fc.nat(1_000_000_000_000),
    });
    const anyBook = fc.array(fc.tuple(anySource, anyBrought), { maxLength: 30 });
    fc.assert(
      fc.property(anyBook, (book) => {
        const rows = rowsOf(book);
        expect(total(rows.map(({ accounts }) => accounts))).toBe(book.length);
        for (const field of ['contacts', 'orders', 'revenueFen'] as const)
          expect(total(rows.map((row) => row[field]))).toBe(total(book.map(([, sums]) => sums[field])));
        expect(rows.every(({ buyers, accounts }) => buyers <= accounts)).toBe(true);
        expect(rowsOf(book.toReversed())).toEqual(rows);
      }),
    );
  });
});

describe('cost per channel, optional', () => {
  it.each([
    [[expo], []],
    [[{ ...expo, costFen: 0 }], []],
    [[{ ...expo, costFen: -1 }], ['0.costFen']],
    [[{ ...expo, costFen: 0.5 }], ['0.costFen']],
    [[{ ...expo, costFen: 100_000_000_000_000 }], []],
    [[{ ...expo, costFen: 100_000_000_000_001 }], ['0.costFen']],
    [[{ ...expo, code: ' ' }], ['0.code']],
    [[expo, { ...expo, code: ' expo ' }], ['1.code']],
    [Array.from({ length: 200 }, (_, index) => ({ ...expo, code: `c${index}` })), []],
    [Array.from({ length: 201 }, (_, index) => ({ ...expo, code: `c${index}` })), ['']],
  ])('%j: wrong in %j', (channels, fields) => {
    expect(channelProblems(channels).map(({ field }) => field)).toEqual(fields);
  });
});
