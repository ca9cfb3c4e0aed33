import { computed } from 'vue';
import { useLoad } from '../parts/use-load.ts';

/** Rows that came so far; `next` says where the next page begins, null at the end. */
export type Rows<Row> = { rows: readonly Row[]; next: string | null };

/** A list that comes in pages; `ask` is given where to begin, nothing for the first page. `reload` and `restart` begin anew. */
export function usePages<Row>(ask: (from?: string) => Promise<Rows<Row>>) {
  const { view, answer: found, show, reload, restart } = useLoad(() => ask());
  return {
    view,
    rows: computed(() => found.value?.rows ?? []),
    reload,
    restart,
    /** Reads the next page, below what stands there; null when there is none. */
    more: computed(() => {
      const before = found.value;
      if (!before?.next) return null;
      const from = before.next;
      return async () => {
        const page = await ask(from);
        if (found.value === before) show({ ...page, rows: [...before.rows, ...page.rows] });
      };
    }),
    /** Shows at once how a row is now. */
    replace: (isMeant: (row: Row) => boolean, row: Row) => {
      if (found.value)
        show({ ...found.value, rows: found.value.rows.map((one) => (isMeant(one) ? row : one)) });
    },
  };
}
