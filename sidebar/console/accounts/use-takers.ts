import { computed, reactive } from 'vue';
import type { PoolView } from '../../../server/api/contract/transfers.ts';
import { createBox } from '../../parts/keep.ts';
import { readPool } from '../api.ts';
import { staffIdsIn } from './people.ts';

/** By what the pool is shared out. */
export type ShareBy = 'region' | 'product';

/** Who takes a region or product, as it was typed; `count`: accounts of the pool with it, 0 when none was seen. */
type Share = { name: string; count: number; members: string };

/** What an account is shared out by; '' when it is not known. */
const OF: Record<ShareBy, (account: PoolView['accounts'][number]) => string> = {
  region: ({ region }) => region.trim(),
  product: ({ product }) => product?.product ?? '',
};

/** The regions or products of the pool, the fullest first, and whom they are given to. */
export function useTakers(by: ShareBy) {
  // Who took what last time, so that nobody types it twice.
  const box = createBox<Record<string, string>>(() => localStorage, `genjin:${by}s`);
  const rows = reactive<Share[]>([]);
  const taken = computed(() =>
    rows
      .map(({ name, members }) => ({ name: name.trim(), staffIds: staffIdsIn(members) }))
      .filter(({ name, staffIds }) => name !== '' && staffIds.length > 0),
  );
  return {
    by,
    rows,
    taken,
    /** Fills in what the pool holds and who had it before. @throws when the pool cannot be read */
    async read(): Promise<void> {
      const counts = new Map<string, number>();
      for (const name of (await readPool()).accounts.map(OF[by]))
        if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
      const before = box.read() ?? {};
      const ordered = [...counts].sort(([, one], [, other]) => other - one);
      rows.splice(
        0,
        rows.length,
        ...ordered.map(([name, count]) => ({ name, count, members: before[name] ?? '' })),
      );
    },
    add: () => rows.push({ name: '', count: 0, members: '' }),
    remember: () =>
      box.keep({
        ...box.read(),
        ...Object.fromEntries(rows.map(({ name, members }) => [name.trim(), members])),
      }),
  };
}
