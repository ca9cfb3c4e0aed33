import type { Context } from '../../context.ts';
import { mayThemselves } from '../../domain/accounts/account-right.ts';
import { namer } from '../../domain/accounts/account-view.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import { SHARED_KEYS, twinsAt, type KeyPlace } from '../../domain/accounts/twins.ts';
import type { Account } from '../../store/account-model.ts';

type Needs = Pick<Context, 'accounts' | 'staff'>;

/** Which page; `after` is the `next` of the page before. A cursor that nobody gave begins anew. */
export type TwinsQuery = { after?: string | undefined; limit: number };

/* The cursor names a field and an account that has its key there, for the key itself is a name. */

/** So many keys are looked at together, and at most so many times for one page: most companies have no twin. */
const BATCH = 200;
const MOST_BATCHES = 25;

/**
 * A page of accounts that may be one company by their names, of which the caller may read one at least; the oldest of each first,
 * and whether the caller may merge it. A page may hold fewer, also none, and others follow.
 */
export async function listTwins(context: Needs, caller: Caller, { after, limit }: TwinsQuery) {
  const person = namer(await context.staff.all());
  const groups: Account[][] = [];
  let place: KeyPlace | null = await placeOf(context, after);
  let next: string | null = null;
  for (let batches = 0; place && groups.length < limit && batches < MOST_BATCHES; batches += 1) {
    const read: Batch = await readBatch(context, place, limit - groups.length);
    groups.push(...read.groups.filter((group) => group.some((each) => isReadable(caller, each))));
    ({ place, next } = read);
  }
  return {
    groups: groups.map((group) => ({
      accounts: group.map((account) => ({
        id: account._id,
        name: account.name,
        owner: account.ownerId === null ? null : person(account.ownerId),
        mayMerge: mayThemselves(caller, account, 'decide'),
      })),
    })),
    next: place && next,
  };
}

const isReadable = (caller: Caller, account: Account) => mayThemselves(caller, account, 'read');

/** What is found behind a place, where to go on, and the cursor for that; null at the end. */
type Batch = { groups: Account[][]; place: KeyPlace | null; next: string | null };

async function readBatch({ accounts }: Needs, { field, key }: KeyPlace, most: number): Promise<Batch> {
  const found = await accounts.withKey(field, key, BATCH);
  const keys = [...new Set(found.flatMap((account) => account[field] ?? []))];
  const sharing = keys.length > 0 ? await accounts.goingBy(keys) : [];
  const groups: Account[][] = [];
  for (const one of keys) {
    const group = twinsAt({ field, key: one }, sharing);
    if (group) groups.push(group);
    if (groups.length >= most) return { groups, ...goOn(found, { field, key: one }) };
  }
  const last = found.length === BATCH ? keys.at(-1) : undefined;
  return { groups, ...(last === undefined ? toNextField(field) : goOn(found, { field, key: last })) };
}

function toNextField(field: KeyPlace['field']): Pick<Batch, 'place' | 'next'> {
  const following = SHARED_KEYS[SHARED_KEYS.indexOf(field) + 1];
  return following
    ? { place: { field: following, key: '' }, next: `${following}:` }
    : { place: null, next: null };
}

function goOn(found: readonly Account[], place: KeyPlace): Pick<Batch, 'place' | 'next'> {
  const holder = found.findLast((account) => account[place.field] === place.key);
  return { place, next: `${place.field}:${holder?._id ?? ''}` };
}

async function placeOf({ accounts }: Needs, cursor: string | undefined): Promise<KeyPlace> {
  const [name, id = ''] = cursor?.split(/:(.*)/s) ?? [];
  const field = SHARED_KEYS.find((each) => each === name) ?? SHARED_KEYS[0];
  const holder = id ? await accounts.find(id) : null;
  return { field, key: holder?.[field] ?? '' };
}
