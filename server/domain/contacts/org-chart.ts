import { LEVELS, type Kdm, type Level } from './kdm.ts';

/** What the chart reads of a contact; `_id` is the external user id. */
export type Person = { _id: string; name: string; kdm: Kdm };

/** One person in the chart. `depth` counts from 0 at the top; `isCut`: the superior noted is not shown above. */
export type ChartNode = {
  externalUserId: string;
  superiorId: string | null;
  depth: number;
  children: string[];
  isCut: boolean;
};

/**
 * The people of an account as they report to each other: `nodes` from the top down, each right before their reports.
 * `unplaced`: whose superior nobody knows, and who leads nobody. Every person is in exactly one of the two.
 */
export type OrgChart = { roots: string[]; nodes: ChartNode[]; unplaced: string[] };

/** Whom somebody reports to inside the account; null for who is at the top, and while nobody knows. */
export const superiorOf = ({ superiorId, isTop }: Kdm): string | null => (isTop ? null : superiorId) || null;

/**
 * True when the contact `id` under `superiorId` would lead themselves, directly or through others. Walks up, so chains of
 * thousands are no matter; an older ring that does not hold `id` ends the walk.
 */
export function makesCycle(id: string, superiorId: string, people: readonly Person[]): boolean {
  const superiors = new Map(people.map(({ _id, kdm }) => [_id, superiorOf(kdm)]));
  const seen = new Set<string>();
  for (
    let above: string | null = superiorId;
    above && !seen.has(above);
    above = superiors.get(above) ?? null
  ) {
    if (above === id) return true;
    seen.add(above);
  }
  return false;
}

/**
 * The org chart of an account from the superiors of its contacts. A superior who left the account, or a ring that came in from
 * elsewhere, cuts one line and breaks nothing; siblings stand by level, name and id.
 */
export function orgChartOf(contacts: readonly Person[]): OrgChart {
  const people = [...contacts].sort(byRank);
  const superiors = linesOf(people);
  const reports = reportsOf(people, superiors);
  const free = people.filter(({ _id }) => !superiors.get(_id));
  const isPlaced = ({ _id, kdm }: Person) => Boolean(kdm.isTop) || reports.has(_id);
  const roots = free.filter(isPlaced).map(({ _id }) => _id);
  const unplaced = free.filter((person) => !isPlaced(person)).map(({ _id }) => _id);
  const noted = new Map(people.map(({ _id, kdm }) => [_id, superiorOf(kdm)]));
  const isCut = (id: string) => Boolean(noted.get(id)) && !superiors.get(id);
  const nodes = walk(roots, reports).map(({ id, depth }) => ({
    externalUserId: id,
    superiorId: superiors.get(id) ?? null,
    depth,
    children: reports.get(id) ?? [],
    isCut: isCut(id),
  }));
  return { roots, nodes, unplaced };
}

function reportsOf(people: readonly Person[], superiors: ReadonlyMap<string, string>): Map<string, string[]> {
  const reports = new Map<string, string[]>();
  for (const { _id } of people) {
    const above = superiors.get(_id);
    if (!above) continue;
    const others = reports.get(above);
    if (others) others.push(_id);
    else reports.set(above, [_id]);
  }
  return reports;
}

/** Who reports to whom, among these people and without rings: of a ring, the first in rank loses the line upwards. */
function linesOf(people: readonly Person[]): Map<string, string> {
  const ids = new Set(people.map(({ _id }) => _id));
  const lines = new Map<string, string>();
  for (const { _id, kdm } of people) {
    const above = superiorOf(kdm);
    if (above && ids.has(above)) lines.set(_id, above);
  }
  const ended = new Set<string>(); // whose way up is known to end
  for (const { _id } of people) {
    const { path, stop } = wayUp(_id, lines, ended);
    if (stop && path.has(stop)) lines.delete(firstOfRing(stop, lines, people));
    for (const id of path) ended.add(id);
  }
  return lines;
}

/** The way up from `id` until it ends (`stop` undefined), joins one that is known to end, or comes round to itself. */
function wayUp(id: string, lines: ReadonlyMap<string, string>, ended: ReadonlySet<string>) {
  const path = new Set<string>();
  let stop: string | undefined = id;
  while (stop && !ended.has(stop) && !path.has(stop)) {
    path.add(stop);
    stop = lines.get(stop);
  }
  return { path, stop };
}

/** Of the people on the ring that holds `id`, the first in rank. */
function firstOfRing(id: string, lines: ReadonlyMap<string, string>, people: readonly Person[]): string {
  const ring = new Set([id]);
  for (let each = lines.get(id); each && each !== id; each = lines.get(each)) ring.add(each);
  return people.find(({ _id }) => ring.has(_id))?._id ?? id;
}

/** Depth first, without recursion: a chain of thousands must not exhaust the stack. */
function walk(roots: readonly string[], reports: ReadonlyMap<string, readonly string[]>) {
  const met: { id: string; depth: number }[] = [];
  const waiting = roots.toReversed().map((id) => ({ id, depth: 0 }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    met.push(next);
    const depth = next.depth + 1;
    for (const id of (reports.get(next.id) ?? []).toReversed()) waiting.push({ id, depth });
  }
  return met;
}

const rankOf = (level: Level | null | undefined) => (level ? LEVELS.indexOf(level) : LEVELS.length);
const order = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);

const byRank = (a: Person, b: Person): number =>
  rankOf(a.kdm.level) - rankOf(b.kdm.level) || order(a.name, b.name) || order(a._id, b._id);
