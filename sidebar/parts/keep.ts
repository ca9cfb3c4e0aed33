/**
 * A box for one thing that must outlive the page. Web views may forbid storage: then it simply forgets.
 *
 * @param storage asked late, because even naming a forbidden storage throws.
 */
export function createBox<Thing>(storage: () => Storage, key: string) {
  const attempt = <Answer>(work: (storage: Storage) => Answer): Answer | null => {
    try {
      return work(storage());
    } catch {
      return null;
    }
  };
  return {
    read: (): Thing | null => attempt((store) => JSON.parse(store.getItem(key) ?? 'null')),
    keep: (thing: Thing) => attempt((store) => store.setItem(key, JSON.stringify(thing))),
    drop: () => attempt((store) => store.removeItem(key)),
  };
}
