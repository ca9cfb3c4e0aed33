/**
 * A pause that all share who come while it lasts: `wait` resolves for everybody `ms` after the first of them came, or when
 * somebody ends it.
 */
export function createCoalescer(ms: number): { wait(): Promise<void>; end(): void } {
  let current: Promise<void> | null = null;
  let end: (() => void) | null = null;
  const begin = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(() => end?.(), ms);
      end = () => {
        clearTimeout(timer);
        current = null;
        resolve();
      };
    });
  return {
    wait: () => (current ??= begin()),
    end: () => end?.(),
  };
}
