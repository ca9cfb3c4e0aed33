/**
 * Gives each event its time of arrival; those of one subject get different ones, in the order they came, however many come in
 * one millisecond.
 */
export function createArrivals(now: () => Date): (subject: string) => Date {
  const last = new Map<string, number>();
  let latest = 0;
  return (subject) => {
    const at = now().getTime();
    if (at > latest) last.clear(); // nobody can be behind now
    const before = last.get(subject);
    const mine = before === undefined ? at : Math.max(at, before + 1);
    last.set(subject, mine);
    latest = Math.max(latest, mine);
    return new Date(mine);
  };
}
