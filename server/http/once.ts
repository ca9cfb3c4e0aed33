/** Runs `work` once for each key: who asks again within `ms` of the beginning shares the answer. What failed is done again. */
export function createOnce<Value>(ms: number): (key: string, work: () => Promise<Value>) => Promise<Value> {
  const begun = new Map<string, Promise<Value>>();
  return (key, work) => {
    const known = begun.get(key);
    if (known) return known;
    const value = work();
    begun.set(key, value);
    setTimeout(() => begun.delete(key), ms).unref();
    value.catch(() => begun.delete(key));
    return value;
  };
}
