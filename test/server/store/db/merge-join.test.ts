import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeJoin, gathered } from '../../../../server/store/db/merge-join.ts';

type Row = { accountId: string; n: number };

async function* given(rows: readonly Row[], closed: string[] = []) {
  try {
    yield* rows;
  } finally {
    closed.push('closed');
  }
}
const row = (accountId: string, n = 1): Row => ({ accountId, n });
const anyRows = fc
  .array(fc.record({ accountId: fc.constantFrom('a', 'b', 'c', 'd'), n: fc.nat(9) }))
  .map((rows) => rows.toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1)));

describe('rows of one account', () => {
  it('are gathered, account by account, and none is lost', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async (rows) => {
        const found: { accountId: string; rows: Row[] }[] = [];
        for await (const each of gathered(given(rows))) found.push(each);
        expect(found.flatMap((each) => each.rows)).toEqual(rows);
        expect(found.map(({ accountId }) => accountId)).toEqual([
          ...new Set(rows.map((each) => each.accountId)),
        ]);
      }),
    );
  });
});

describe('a source beside another', () => {
  it('gives what it has of each account, and skips whom nobody asks for', async () => {
    const source = mergeJoin(given([row('a'), row('b'), row('d', 4), row('e')]));
    expect(await source.take('b')).toEqual(row('b'));
    expect(await source.take('c')).toBeNull();
    expect(await source.take('d')).toEqual(row('d', 4));
    expect(await source.take('f')).toBeNull();
    expect(await source.take('g')).toBeNull();
  });

  it('that is empty has nothing of anybody', async () => {
    expect(await mergeJoin(given([])).take('a')).toBeNull();
  });

  it('is closed before its end', async () => {
    const closed: string[] = [];
    const source = mergeJoin(given([row('a'), row('b')], closed));
    await source.take('a');
    await source.close();
    expect(closed).toEqual(['closed']);
  });
});
