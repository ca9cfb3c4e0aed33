/** How an heir was found, in the order in which rules are tried; `nobody`: none of them found anyone. Source: domain.md §1. */
export const SUCCESSOR_RULES = ['deputy', 'co_follower', 'same_department', 'leader', 'nobody'] as const;
export type SuccessorRule = (typeof SUCCESSOR_RULES)[number];

/** Why this heir: the rule, and what it went by. */
export type SuccessorWhy = {
  rule: SuccessorRule;
  touchedAt: Date | null; // co_follower: when they were last in touch with the account
  accountCount: number | null; // same_department: what they have already, accounts proposed to them included
  departmentId: number | null; // same_department: which one; leader: which one they lead
};

/** A member as a possible heir. */
export type Candidate = {
  _id: string;
  departmentIds: readonly number[];
  leaderOf: readonly number[];
  isActive: boolean;
  followsCustomers?: boolean | undefined;
};

type Department = { _id: number; parentId: number };
type Leaver = { _id: string; departmentIds: readonly number[] };

/** What the next owner of one account is chosen by. */
export type SuccessorFacts = {
  leaver: Leaver;
  deputyId: string | null | undefined;
  followers: readonly { staffId: string; touchedAt: Date }[]; // who follows a contact of the account now
  people: readonly Candidate[];
  departments: readonly Department[];
  loads: ReadonlyMap<string, number>; // accounts by member
};

/** Who should take over an account whose owner goes. Deterministic: ties go to the smaller id. Source: domain.md §1. */
export function successorOf(facts: SuccessorFacts): { heirId: string | null; why: SuccessorWhy } {
  const fit = facts.people.filter((each) => canInherit(each, facts.leaver._id));
  return (
    deputy(facts, fit) ??
    coFollower(facts, fit) ??
    colleague(facts, fit) ??
    leader(facts, fit) ?? { heirId: null, why: because('nobody') }
  );
}

type Found = { heirId: string; why: SuccessorWhy } | null;

const canInherit = ({ _id, isActive, followsCustomers }: Candidate, leaverId: string) =>
  isActive && followsCustomers !== false && _id !== leaverId;

const because = (rule: SuccessorRule, more: Partial<SuccessorWhy> = {}): SuccessorWhy => ({
  rule,
  touchedAt: null,
  accountCount: null,
  departmentId: null,
  ...more,
});

function deputy({ deputyId }: SuccessorFacts, fit: readonly Candidate[]): Found {
  const found = fit.find(({ _id }) => _id === deputyId);
  return found ? { heirId: found._id, why: because('deputy') } : null;
}

function coFollower({ followers }: SuccessorFacts, fit: readonly Candidate[]): Found {
  const ids = new Set(fit.map(({ _id }) => _id));
  const [first] = followers
    .filter(({ staffId }) => ids.has(staffId))
    .toSorted((a, b) => b.touchedAt.getTime() - a.touchedAt.getTime() || byText(a.staffId, b.staffId));
  return first
    ? { heirId: first.staffId, why: because('co_follower', { touchedAt: first.touchedAt }) }
    : null;
}

/** Leaders of the department are asked last, so that they do not inherit everything of a small team. */
function colleague({ leaver, loads }: SuccessorFacts, fit: readonly Candidate[]): Found {
  const [first] = fit
    .filter(({ leaderOf }) => !leaver.departmentIds.some((id) => leaderOf.includes(id)))
    .flatMap((each) => {
      const shared = leaver.departmentIds.find((id) => each.departmentIds.includes(id));
      const accountCount = loads.get(each._id) ?? 0;
      return shared === undefined ? [] : [{ heirId: each._id, accountCount, departmentId: shared }];
    })
    .toSorted((a, b) => a.accountCount - b.accountCount || byText(a.heirId, b.heirId));
  if (!first) return null;
  const { heirId, ...why } = first;
  return { heirId, why: because('same_department', why) };
}

function leader({ leaver, departments }: SuccessorFacts, fit: readonly Candidate[]): Found {
  const found = departmentLeaders(leaver, departments, fit)[0];
  return found
    ? { heirId: found.staffId, why: because('leader', { departmentId: found.departmentId }) }
    : null;
}

/** Who leads the departments of a member, climbing from each until one of `people`, those who count, does. */
function departmentLeaders(
  { departmentIds }: Leaver,
  departments: readonly Department[],
  people: readonly Candidate[],
): { staffId: string; departmentId: number }[] {
  const sorted = people.toSorted((a, b) => byText(a._id, b._id));
  const parents = new Map(departments.map((each) => [each._id, each.parentId]));
  const found = new Map<string, number>();
  for (const start of departmentIds) {
    const departmentId = upwards(start, parents).find((id) =>
      sorted.some(({ leaderOf }) => leaderOf.includes(id)),
    );
    if (departmentId === undefined) continue;
    for (const each of sorted.filter(({ leaderOf }) => leaderOf.includes(departmentId)))
      if (!found.has(each._id)) found.set(each._id, departmentId);
  }
  return [...found].map(([staffId, departmentId]) => ({ staffId, departmentId }));
}

/** A department and those above it, the nearest first. */
function upwards(start: number, parents: ReadonlyMap<number, number>): number[] {
  const path: number[] = [];
  for (let id: number | undefined = start; id !== undefined && !path.includes(id); id = parents.get(id))
    path.push(id);
  return path;
}

/** Who decides about what a leaver had: the direct leaders who are active, else the leaders of the departments; may be nobody. */
export function deciders(
  leaver: Leaver & { directLeaderIds?: readonly string[] | undefined },
  departments: readonly Department[],
  people: readonly Candidate[],
): string[] {
  const active = people.filter(({ isActive, _id }) => isActive && _id !== leaver._id);
  const direct = active.filter(({ _id }) => leaver.directLeaderIds?.includes(_id));
  if (direct.length > 0) return direct.map(({ _id }) => _id);
  return departmentLeaders(leaver, departments, active).map(({ staffId }) => staffId);
}

const byText = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** The keys of the two buttons under the card about an heir. */
export const SUCCESSOR_BUTTONS = { accept: 'accept-heir', postpone: 'postpone-heir' } as const;

/** What a button of the card is about: `<leaver>.<heir>`. */
export const successorSubject = (leaverId: string, heirId: string) => `${leaverId}.${heirId}`;

/** The two ids of a subject; ids may hold dots, so every way to cut it is given, the first dot first. */
export function successorPairs(subject: string): { leaverId: string; heirId: string }[] {
  const dots = [...subject.matchAll(/\./g)].map(({ index }) => index);
  return dots
    .map((at) => ({ leaverId: subject.slice(0, at), heirId: subject.slice(at + 1) }))
    .filter(({ leaverId, heirId }) => leaverId !== '' && heirId !== '');
}

/** What the card about an heir says; names are not cut, as the card takes them. */
export function successorCardText({ leaver, heir, count, hasLeft }: SuccessorCardFacts): string {
  const gone = hasLeft ? '已离职' : '已停用';
  return `${leaver} ${gone}，${count} 位客户待接手，建议由 ${heir} 接手`;
}

/** `leaver` and `heir` are names; `count` is of accounts. */
export type SuccessorCardFacts = { leaver: string; heir: string; count: number; hasLeft: boolean };
