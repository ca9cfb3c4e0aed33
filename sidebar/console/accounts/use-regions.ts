import { computed, reactive } from 'vue';
import { createBox } from '../../parts/keep.ts';
import { readPool } from '../api.ts';
import { staffIdsIn } from './people.ts';

/** Who takes a region, as it was typed; `count`: accounts of the pool there, 0 when none was seen. */
export type Region = { region: string; count: number; members: string };

/** Who took which region last time, so that nobody types it twice. */
const box = createBox<Record<string, string>>(() => localStorage, 'genjin:regions');

/** The regions of the pool, the fullest first, and whom they are given to. */
export function useRegions() {
  const rows = reactive<Region[]>([]);
  const taken = computed(() =>
    rows
      .map(({ region, members }) => ({ region: region.trim(), staffIds: staffIdsIn(members) }))
      .filter(({ region, staffIds }) => region !== '' && staffIds.length > 0),
  );
  return {
    rows,
    taken,
    /** Fills in what the pool holds and who had it before. @throws when the pool cannot be read */
    async read(): Promise<void> {
      const counts = new Map<string, number>();
      for (const { region } of (await readPool()).accounts)
        if (region) counts.set(region, (counts.get(region) ?? 0) + 1);
      const before = box.read() ?? {};
      const ordered = [...counts].sort(([, one], [, other]) => other - one);
      rows.splice(
        0,
        rows.length,
        ...ordered.map(([region, count]) => ({ region, count, members: before[region] ?? '' })),
      );
    },
    add: () => rows.push({ region: '', count: 0, members: '' }),
    remember: () =>
      box.keep({
        ...box.read(),
        ...Object.fromEntries(rows.map(({ region, members }) => [region.trim(), members])),
      }),
  };
}
