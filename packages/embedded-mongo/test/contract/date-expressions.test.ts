import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, openContractDb } from './open-contract-db.ts';
import type { ContractDb, Doc } from './open-contract-db.ts';

let contract: ContractDb;
let collection: Awaited<ReturnType<ContractDb['collection']>>;
beforeAll(async () => {
  contract = await openContractDb();
  collection = await contract.collection([
    {
      _id: 1,
      at: new Date('2026-02-28T17:30:45.678Z'),
      summer: new Date('2026-03-29T00:30:00Z'),
      none: null,
    },
  ]);
});
afterAll(() => contract.close());

async function value(expression: unknown): Promise<unknown> {
  const [doc] = await collection.aggregate<Doc>([{ $project: { _id: 0, v: expression } }]).toArray();
  return doc?.['v'];
}

const SHANGHAI = 'Asia/Shanghai'; // 2026-03-01 01:30:45, a Sunday
const utc = (text: string): Date => new Date(`${text}Z`);

describe('parts', () => {
  it.each<[string, number, number]>([
    ['$year', 2026, 2026],
    ['$month', 2, 3],
    ['$dayOfMonth', 28, 1],
    ['$hour', 17, 1],
    ['$minute', 30, 30],
    ['$second', 45, 45],
    ['$millisecond', 678, 678],
    ['$dayOfYear', 59, 60],
    ['$dayOfWeek', 7, 1],
    ['$week', 8, 9],
    ['$isoDayOfWeek', 6, 7],
    ['$isoWeek', 9, 9],
    ['$isoWeekYear', 2026, 2026],
  ])('%s', async (operator, inUtc, inShanghai) => {
    expect(await value({ [operator]: '$at' })).toBe(inUtc);
    expect(await value({ [operator]: { date: '$at', timezone: SHANGHAI } })).toBe(inShanghai);
    expect(await value({ [operator]: { date: '$at', timezone: '+08:00' } })).toBe(inShanghai);
    expect(await value({ [operator]: '$none' })).toBeNull();
  });

  it('knows the ISO year at its edges', async () => {
    expect(await value({ $isoWeek: new Date('2027-01-01T00:00:00Z') })).toBe(53);
    expect(await value({ $isoWeekYear: new Date('2027-01-01T00:00:00Z') })).toBe(2026);
    expect(await value({ $week: new Date('2026-01-01T00:00:00Z') })).toBe(0);
  });
});

describe.each<[string, [unknown, unknown][]]>([
  [
    '$dateToString',
    [
      [{ $dateToString: { date: '$at' } }, '2026-02-28T17:30:45.678Z'],
      [{ $dateToString: { date: '$at', format: '%Y-%m-%d', timezone: SHANGHAI } }, '2026-03-01'],
      [
        { $dateToString: { date: '$at', format: '%H:%M:%S.%L %z %j %G-W%V-%u %%', timezone: SHANGHAI } },
        '01:30:45.678 +0800 060 2026-W09-7 %',
      ],
      [{ $dateToString: { date: '$none', format: '%Y' } }, null],
      [{ $dateToString: { date: '$none', format: '%Y', onNull: 'never' } }, 'never'],
    ],
  ],
  [
    '$dateTrunc',
    [
      [{ $dateTrunc: { date: '$at', unit: 'day' } }, utc('2026-02-28T00:00:00')],
      [{ $dateTrunc: { date: '$at', unit: 'day', timezone: SHANGHAI } }, utc('2026-02-28T16:00:00')],
      [{ $dateTrunc: { date: '$at', unit: 'month', timezone: SHANGHAI } }, utc('2026-02-28T16:00:00')],
      [{ $dateTrunc: { date: '$at', unit: 'quarter' } }, utc('2026-01-01T00:00:00')],
      [{ $dateTrunc: { date: '$at', unit: 'year', timezone: SHANGHAI } }, utc('2025-12-31T16:00:00')],
      [{ $dateTrunc: { date: '$at', unit: 'week' } }, utc('2026-02-22T00:00:00')],
      [
        { $dateTrunc: { date: '$at', unit: 'week', startOfWeek: 'monday', timezone: SHANGHAI } },
        utc('2026-02-22T16:00:00'),
      ],
      [{ $dateTrunc: { date: '$at', unit: 'hour', binSize: 6 } }, utc('2026-02-28T12:00:00')],
      [{ $dateTrunc: { date: '$at', unit: 'minute', binSize: 15 } }, utc('2026-02-28T17:30:00')],
      [{ $dateTrunc: { date: '$none', unit: 'day' } }, null],
    ],
  ],
  [
    '$dateDiff',
    [
      [{ $dateDiff: { startDate: utc('2026-02-28T15:59:00'), endDate: '$at', unit: 'day' } }, 0],
      [
        {
          $dateDiff: {
            startDate: utc('2026-02-28T15:59:00'),
            endDate: '$at',
            unit: 'day',
            timezone: SHANGHAI,
          },
        },
        1,
      ],
      [{ $dateDiff: { startDate: utc('2026-02-28T16:59:59'), endDate: '$at', unit: 'hour' } }, 1],
      [{ $dateDiff: { startDate: '$at', endDate: utc('2026-02-28T15:00:00'), unit: 'minute' } }, -150],
      [{ $dateDiff: { startDate: utc('2025-12-31T23:00:00'), endDate: '$at', unit: 'month' } }, 2],
      [{ $dateDiff: { startDate: utc('2025-12-31T23:00:00'), endDate: '$at', unit: 'year' } }, 1],
      [{ $dateDiff: { startDate: utc('2026-02-21T00:00:00'), endDate: '$at', unit: 'week' } }, 1],
      [
        {
          $dateDiff: {
            startDate: utc('2026-02-21T00:00:00'),
            endDate: '$at',
            unit: 'week',
            startOfWeek: 'friday',
          },
        },
        1,
      ],
      [{ $dateDiff: { startDate: '$none', endDate: '$at', unit: 'day' } }, null],
    ],
  ],
  [
    '$dateAdd and $dateSubtract',
    [
      [
        { $dateAdd: { startDate: utc('2026-01-31T10:00:00'), unit: 'month', amount: 1 } },
        utc('2026-02-28T10:00:00'),
      ],
      [
        { $dateAdd: { startDate: utc('2024-02-29T10:00:00'), unit: 'year', amount: 1 } },
        utc('2025-02-28T10:00:00'),
      ],
      [{ $dateAdd: { startDate: '$at', unit: 'hour', amount: -2 } }, utc('2026-02-28T15:30:45.678')],
      [
        {
          $dateAdd: {
            startDate: utc('2026-03-28T12:00:00'),
            unit: 'day',
            amount: 1,
            timezone: 'Europe/Berlin',
          },
        },
        utc('2026-03-29T11:00:00'),
      ],
      [
        {
          $dateAdd: {
            startDate: utc('2026-03-28T12:00:00'),
            unit: 'hour',
            amount: 24,
            timezone: 'Europe/Berlin',
          },
        },
        utc('2026-03-29T12:00:00'),
      ],
      [{ $dateSubtract: { startDate: '$at', unit: 'week', amount: 1 } }, utc('2026-02-21T17:30:45.678')],
      [
        { $dateSubtract: { startDate: utc('2026-05-31T00:00:00'), unit: 'quarter', amount: 1 } },
        utc('2026-02-28T00:00:00'),
      ],
      [{ $dateAdd: { startDate: '$none', unit: 'day', amount: 1 } }, null],
    ],
  ],
  [
    'made of parts and text',
    [
      [
        { $dateFromParts: { year: 2026, month: 3, day: 1, hour: 9, timezone: SHANGHAI } },
        utc('2026-03-01T01:00:00'),
      ],
      [{ $dateFromParts: { year: 2026, month: 14 } }, utc('2027-02-01T00:00:00')],
      [
        { $dateToParts: { date: '$at', timezone: SHANGHAI } },
        { year: 2026, month: 3, day: 1, hour: 1, minute: 30, second: 45, millisecond: 678 },
      ],
      [
        { $dateFromString: { dateString: '2026-03-01T09:00:00', timezone: SHANGHAI } },
        utc('2026-03-01T01:00:00'),
      ],
      [{ $dateFromString: { dateString: '2026-03-01T09:00:00+08:00' } }, utc('2026-03-01T01:00:00')],
    ],
  ],
])('%s', (_, cases) => {
  it.each(cases)('%j is %j', async (expression, expected) => {
    expect(await value(expression)).toEqual(expected);
  });
});

it.each<[unknown, number]>([
  [{ $year: 'x' }, 16006],
  [{ $year: { date: '$at', timezone: 'Nowhere/City' } }, 40485],
  [{ $dateToString: { date: '$at', format: '%Q' } }, 18536],
  [{ $dateDiff: { startDate: '$at', endDate: '$at', unit: 'moon' } }, 9],
  [{ $dateTrunc: { date: '$at', unit: 'day', binSize: 0 } }, 5439018],
  [{ $dateTrunc: { date: '$at', unit: 'day', binSize: -1 } }, 5439018],
  [{ $dateTrunc: { date: '$at', unit: 'day', binSize: 1.5 } }, 5439017],
  [{ $dateTrunc: { date: '$at' } }, 5439010],
  [{ $dateDiff: { startDate: '$at', endDate: '$at' } }, 5166305],
  [{ $dateFromParts: { year: 10_000 } }, 40523],
  [{ $year: { timezone: 'UTC' } }, 40539],
  [{ $year: ['$at', 1] }, 40536],
  [{ $dateAdd: { startDate: '$at', unit: 'day', amount: 1.5 } }, 5166405],
])('%j is refused', async (expression, code) => {
  expect((await errorOf(value(expression)))?.code).toBe(code);
});
