import { computed, reactive } from 'vue';
import type { PoolView } from '../../../server/api/contract/transfers.ts';
import { createBox } from '../../parts/keep.ts';
import { staffIdsIn } from './people.ts';

/** An account of the pool. */
export type Pooled = PoolView['accounts'][number];

/** By what the pool is shared out. */
export type ShareBy = 'region' | 'product';

/** Who takes a region or product, as it was typed; `count`: accounts to give with it, 0 when it was typed. */
type Share = { name: string; count: number; members: string };

/** What an account is shared out by; '' when it is not known. */
const OF: Record<ShareBy, (account: Pooled) => string> = {
  region: ({ region }) => region.trim(),
  product: ({ product }) => product?.product ?? '',
};

/** The regions or products of these accounts, the fullest first, and whom they are given to. */
export function useTakers(by: ShareBy, accounts: readonly Pooled[]) {
  // Who took what last time, so that nobody types it twice.
  const box = createBox<Record<string, string>>(() => localStorage, `genjin:${by}s`);
  const before = box.read() ?? {};
  const rows = reactive<Share[]>(
    countsOf(accounts.map(OF[by])).map(([name, count]) => ({ name, count, members: before[name] ?? '' })),
  );
  const taken = computed(() =>
    rows
      .map(({ name, members }) => ({ name: name.trim(), staffIds: staffIdsIn(members) }))
      .filter(({ name, staffIds }) => name !== '' && staffIds.length > 0),
  );
  return {
    by,
    rows,
    taken,
    add: () => rows.push({ name: '', count: 0, members: '' }),
    remember: () =>
      box.keep({
        ...box.read(),
        ...Object.fromEntries(rows.map(({ name, members }) => [name.trim(), members])),
      }),
  };
}

function countsOf(names: readonly string[]): [name: string, count: number][] {
  const counts = new Map<string, number>();
  for (const name of names) if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one);
}
