const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 };

/** The row that a key leads to, or null when the key means nothing here. */
function targetOf(key: string, from: number, count: number): number | null {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = STEPS[key];
  return step === undefined ? null : Math.max(0, Math.min(count - 1, from + step));
}

/** Moves the focus among the `[data-row]` of a list with the arrow keys, Home and End. */
export function moveFocus(event: KeyboardEvent): void {
  const list = event.currentTarget;
  if (!(list instanceof HTMLElement) || !(event.target instanceof HTMLElement)) return;
  const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')];
  const from = rows.indexOf(event.target);
  const to = from === -1 ? null : targetOf(event.key, from, rows.length);
  if (to === null) return;
  event.preventDefault();
  rows[to]?.focus();
}
