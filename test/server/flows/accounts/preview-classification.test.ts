import { expect, it } from 'vitest';
import { DEFAULT_LIFECYCLE } from '../../../../server/domain/classification/lifecycle.ts';
import { DEFAULT_TIER_SETTINGS } from '../../../../server/domain/classification/tier.ts';
import { DEFAULT_VALUE_CLASS } from '../../../../server/domain/classification/value-class.ts';
import { classifyAccounts } from '../../../../server/flows/accounts/classify-accounts.ts';
import { previewClassification } from '../../../../server/flows/accounts/preview-classification.ts';
import { aBookShelf } from '../../../support/a-book-shelf.ts';

/** So many accounts that earn ¥1, ¥2, … and are classified by the defaults. */
async function aClassifiedBook(count: number) {
  const ids = Array.from({ length: count }, (_, n) => `a${String(n).padStart(3, '0')}`);
  const book = await aBookShelf(Object.fromEntries(ids.map((id) => [id, {}])));
  await book.sell(...ids.map((id, n): [string, number, string] => [id, n + 1, '2026-01-05']));
  await classifyAccounts(book.context);
  return book;
}

it('counts the accounts that would change with these numbers, from → to, and writes nothing', async () => {
  const book = await aClassifiedBook(10);
  const written = book.writes.accounts;
  const tier = { ...DEFAULT_TIER_SETTINGS, rankPercent: { head: 30, waist: 30, tail: 40 } };
  expect(await previewClassification(book.context, { tier })).toEqual({
    seen: 10,
    changed: 4,
    moves: [
      { kind: 'tier', from: 'tail', to: 'waist', count: 2 },
      { kind: 'tier', from: 'waist', to: 'head', count: 2 },
    ],
    examples: [
      { accountId: 'a004', name: '公司a004', kind: 'tier', from: 'tail', to: 'waist' },
      { accountId: 'a005', name: '公司a005', kind: 'tier', from: 'tail', to: 'waist' },
      { accountId: 'a007', name: '公司a007', kind: 'tier', from: 'waist', to: 'head' },
      { accountId: 'a008', name: '公司a008', kind: 'tier', from: 'waist', to: 'head' },
    ],
  });
  expect(book.writes.accounts).toBe(written);
  expect((await book.accountOf('a008')).tier).toBe('waist');
});

it('finds nothing where nothing would change', async () => {
  const book = await aClassifiedBook(10);
  const none = { seen: 10, changed: 0, moves: [], examples: [] };
  expect(await previewClassification(book.context, {})).toEqual(none);
});

it('does not count what waits for its second run and would move anyway', async () => {
  const book = await aClassifiedBook(10);
  await book.sell(['a008', 0.2 + 1, '2026-02-05']);
  await classifyAccounts(book.context);
  expect(await book.accountOf('a008')).toMatchObject({ tier: 'waist', pendingTier: { tier: 'head' } });
  expect((await previewClassification(book.context, {})).changed).toBe(0);
});

it('tries rules of stages and value classes, too', async () => {
  const book = await aClassifiedBook(3);
  await book.sell(['a000', 1, '2026-01-07']);
  await book.context.accounts.update('a000', { sharePercent: 50, potentialScore: 60 });
  await classifyAccounts(book.context);
  const lifecycle = { ...DEFAULT_LIFECYCLE, advocateSharePercent: 50 };
  expect((await previewClassification(book.context, { lifecycle })).moves).toEqual([
    { kind: 'stage', from: 'repeat', to: 'advocate', count: 1 },
  ]);
  const rules = DEFAULT_VALUE_CLASS.rules.map((rule) => ({
    ...rule,
    any: rule.any.map((it) => (it.fact === 'potential_score' ? { ...it, limit: 60 } : it)),
  }));
  const preview = await previewClassification(book.context, { valueClass: { rules, strategicMonths: 12 } });
  expect(preview).toMatchObject({
    changed: 1,
    moves: [{ kind: 'value_class', from: 'general', to: 'potential', count: 1 }],
  });
});

it('shows at most 20 examples of all that would change', async () => {
  const book = await aClassifiedBook(60);
  const tier = { ...DEFAULT_TIER_SETTINGS, rankPercent: { head: 50, waist: 40, tail: 10 } };
  const preview = await previewClassification(book.context, { tier });
  expect(preview.examples).toHaveLength(20);
  expect(preview.moves.reduce((sum, { count }) => sum + count, 0)).toBe(preview.changed);
  expect(preview.changed).toBeGreaterThan(20);
});
