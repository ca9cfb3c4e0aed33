/**
 * Remembers what `read` gave for `ms` from when it was asked, so that all who ask meanwhile share one reading; a reading that
 * failed is not remembered.
 */
export function createRecall<Value>(
  read: () => Promise<Value>,
  ms: number,
): { get(): Promise<Value>; forget(): void } {
  let kept: { value: Promise<Value>; until: number } | null = null;
  const forget = () => void (kept = null);
  return {
    get() {
      if (kept && performance.now() < kept.until) return kept.value;
      const value = read();
      const mine = { value, until: performance.now() + ms };
      kept = mine;
      value.catch(() => kept === mine && forget());
      return value;
    },
    forget,
  };
}
