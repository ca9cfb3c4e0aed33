import type { Context } from '../../context.ts';
import { successorOf, type SuccessorFacts } from '../../domain/staff/successor.ts';
import type { Account } from '../../store/account-model.ts';
import type { Suggestion } from '../../store/pool.ts';
import type { Staff } from '../../store/staff.ts';

type Needs = Pick<
  Context,
  | 'staff'
  | 'departments'
  | 'pool'
  | 'contacts'
  | 'relations'
  | 'followUps'
  | 'history'
  | 'notices'
  | 'sessions'
  | 'audit'
  | 'now'
>;

const AT_ONCE = 200;

/**
 * Takes a member for gone since `at` and puts what they own into the pool, each account with the heir that is proposed for
 * it; dates, promises and everything else of the account stay, and their sign-ins end. Nobody else is taken for gone: with `at` null the member
 * stands as they stood, e.g. disabled for a week. Repeatable, and resumed by repeating; accounts whose heir went as well get
 * another.
 */
export async function retireMember(context: Needs, staffId: string, at: Date | null): Promise<void> {
  const { staff, pool, notices, now } = context;
  if (at) await staff.retire(staffId, at);
  const people = await staff.all();
  const leaver = people.find(({ _id }) => _id === staffId);
  if (leaver?.isActive) return;
  await signOut(context, staffId);
  const team = await readTeam(context, people, { staffId, leaver });
  const inactiveIds = people.filter(({ isActive }) => !isActive).map(({ _id }) => _id);
  let heirless = 0;
  for (let afterId = ''; ;) {
    const accounts = await pool.unplaced(staffId, inactiveIds, { afterId, limit: AT_ONCE });
    const last = accounts.at(-1);
    if (!last) break;
    const suggestions = await suggest(context, team, accounts);
    await context.history.appendOnce(changesOf(team, accounts, { suggestions, at: now() }));
    await pool.release(staffId, suggestions, now());
    heirless += suggestions.filter(({ heirId }) => !heirId).length;
    afterId = last._id;
  }
  if (heirless === 0) return;
  const text = `离职成员 ${staffId} 有 ${heirless} 个客户没有合适的接手人，请在待分配客户中指定`;
  await notices.raise({ kind: 'pool-no-heir', subject: staffId, text }, now());
}

/** Who comes back signs in anew. */
async function signOut({ sessions, audit, now }: Needs, staffId: string): Promise<void> {
  const [at, why] = [now(), 'left' as const];
  const count = await sessions.endAll(staffId, { by: 'retire-member', why, at });
  if (count === 0) return;
  const entry = { by: 'retire-member', at, act: 'session.end_all', subject: `staff:${staffId}` };
  await audit.note([{ ...entry, from: null, to: { count, why } }]);
}

type Team = Pick<SuccessorFacts, 'leaver' | 'people' | 'departments'> & {
  loads: Map<string, number>;
  since: Date;
};

/** Who could inherit, and how much everybody has already, what is proposed to them included. */
async function readTeam(
  { departments, pool, now }: Needs,
  people: readonly Staff[],
  { staffId, leaver }: { staffId: string; leaver: Staff | undefined },
): Promise<Team> {
  const ids = people.filter(({ isActive }) => isActive).map(({ _id }) => _id);
  const loads = await pool.countOwned(ids);
  for (const [id, count] of await pool.countProposed(ids)) loads.set(id, (loads.get(id) ?? 0) + count);
  return {
    leaver: { _id: staffId, departmentIds: leaver?.departmentIds ?? [] },
    people,
    departments: await departments.all(),
    loads,
    since: leaver?.inactiveAt ?? now(),
  };
}

async function suggest(context: Needs, team: Team, accounts: readonly Account[]): Promise<Suggestion[]> {
  const touches = await readTouches(
    context,
    accounts.map(({ _id }) => _id),
  );
  return accounts.map(({ _id: accountId, deputyId }) => {
    const followers = touches.get(accountId) ?? [];
    const { heirId, why: heirWhy } = successorOf({ ...team, deputyId, followers });
    if (heirId) team.loads.set(heirId, (team.loads.get(heirId) ?? 0) + 1);
    return { accountId, heirId, heirWhy };
  });
}

type Touch = SuccessorFacts['followers'][number];

/** Who follows a contact of each account now, and when they last spoke with the account or added the contact. */
async function readTouches(
  { contacts, followUps }: Needs,
  accountIds: readonly string[],
): Promise<Map<string, Touch[]>> {
  const people = await contacts.followedIn(accountIds);
  const active = people.flatMap(({ accountId, followers }) =>
    followers.map((follower) => ({ ...follower, accountId: accountId ?? '' })),
  );
  const spoken = new Map(
    (await followUps.lastTouches(accountIds)).map((each) => [`${each.accountId} ${each.staffId}`, each.at]),
  );
  const touches = new Map<string, Touch[]>();
  for (const { staffId, accountId, followedAt } of active) {
    const spokenAt = spoken.get(`${accountId} ${staffId}`);
    const touchedAt = spokenAt && spokenAt > followedAt ? spokenAt : followedAt;
    touches.set(accountId, [...(touches.get(accountId) ?? []), { staffId, touchedAt }]);
  }
  return touches;
}

/** One change for each account that the leaver still owned, under an id that a second try cannot double. */
function changesOf(
  { leaver, since }: Team,
  accounts: readonly Account[],
  { suggestions, at }: { suggestions: readonly Suggestion[]; at: Date },
) {
  const whys = new Map(
    suggestions.map(({ accountId, heirId, heirWhy }) => [accountId, { heirId, ...heirWhy }]),
  );
  return accounts
    .filter(({ ownerId }) => ownerId === leaver._id)
    .map(({ _id: accountId }) => ({
      _id: `pool:${accountId}:${leaver._id}:${since.getTime()}`,
      accountId,
      ownerId: leaver._id,
      kind: 'owner' as const,
      from: leaver._id,
      to: '',
      why: whys.get(accountId) ?? null,
      by: 'retire-member',
      at,
    }));
}
