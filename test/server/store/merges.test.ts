import { expect, it } from 'vitest';
import { aShelf } from '../../support/a-shelf.ts';

type Shelf = Awaited<ReturnType<typeof aShelf>>;
const at = new Date('2026-03-11T02:00:00Z');

/** An account with a contact, a follow-up, a question and an order; `name` is the beginning of all ids. */
async function anAccount({ accounts, contacts, followUps, questions, orders }: Shelf, name: string) {
  const account = await accounts.create({ name, nameKey: name, knownSince: at });
  if (!account) throw new Error(`${name} is taken`);
  const accountId = account._id;
  const person = { _id: `wm-${name}`, name, type: 1, position: '', corpName: '', corpFullName: '' };
  await contacts.saveFacts([person]);
  await contacts.placeMany([{ externalUserId: person._id, from: null, accountId }]);
  const about = { accountId, externalUserId: person._id };
  const said = { purpose: '', notes: '', nextStep: '', nextOn: null };
  const spoken = { channel: 'call' as const, ...said, outcome: null, isTouch: true };
  await followUps.keep({ _id: `f-${name}`, ...about, staffId: 'anna', at, ...spoken });
  await questions.keepAll([{ _id: `q-${name}`, ...about, text: '?', askedAt: at, answeredAt: null }]);
  await addOrder({ orders }, `o-${name}`, accountId);
  return accountId;
}

const addOrder = ({ orders }: Pick<Shelf, 'orders'>, _id: string, accountId: string) =>
  orders.saveAll([
    {
      _id,
      accountId,
      product: '',
      amountFen: 100,
      costFen: 0,
      paidOn: '2026-03-01',
      kind: 'sale',
    } as Parameters<Shelf['orders']['saveAll']>[0][number],
  ]);

/** Ids of all that an account has, on every shelf of these tests. */
async function allOf({ connection }: Shelf, accountId: string): Promise<string[]> {
  const shelves = ['contacts', 'followups', 'questions', 'orders'].map((name) =>
    connection.collection<{ _id: string }>(name).find({ accountId }).toArray(),
  );
  return (await Promise.all(shelves))
    .flat()
    .map(({ _id }) => _id)
    .sort();
}
const everythingOf = (...names: string[]) =>
  names.flatMap((name) => [`f-${name}`, `o-${name}`, `q-${name}`, `wm-${name}`]).sort();

const asked = (fromId: string, intoId: string) => ({
  fromId,
  fromName: '甲',
  intoId,
  reason: '重复',
  by: 'anna',
  at,
  on: '2026-03-11',
});
async function merge({ merges }: Shelf, fromId: string, intoId: string): Promise<boolean> {
  const begun = await merges.begin(asked(fromId, intoId));
  return begun ? merges.carryOut(begun) : false;
}

it('brings over everything of both, and leaves the account pointing to the other', async () => {
  const shelf = await aShelf();
  const [a, b] = [await anAccount(shelf, 'a'), await anAccount(shelf, 'b')];
  await shelf.accounts.update(a, { custom: { brand: '耐克' }, dueOn: '2026-03-12' });
  expect(await merge(shelf, a, b)).toBe(true);
  expect([await allOf(shelf, a), await allOf(shelf, b)]).toEqual([[], everythingOf('a', 'b')]);
  expect(await shelf.accounts.find(a)).toMatchObject({ mergedInto: b, dueOn: null });
  expect(await shelf.accounts.find(b)).toMatchObject({ custom: { brand: '耐克' } });
});

it('ends a merge that was killed at any step by doing it again', async () => {
  for (const killedAt of ['contacts', 'followups', 'orders', 'accounts']) {
    const shelf = await aShelf();
    const [a, b] = [await anAccount(shelf, 'a'), await anAccount(shelf, 'b')];
    await shelf.accounts.update(a, { industry: '电子' });
    const begun = await shelf.merges.begin(asked(a, b));
    if (!begun) throw new Error('not begun');
    await killing(shelf, killedAt, () => shelf.merges.carryOut(begun));
    expect(await merge(shelf, a, b)).toBe(true);
    expect([await allOf(shelf, a), await allOf(shelf, b)]).toEqual([[], everythingOf('a', 'b')]);
    const again = await shelf.merges.openOf(a);
    expect(again).toMatchObject({ _id: begun._id, state: 'merged' });
    await shelf.merges.takeBack(begun);
    expect([await allOf(shelf, a), await allOf(shelf, b)]).toEqual([everythingOf('a'), everythingOf('b')]);
    expect(await shelf.accounts.find(b)).toMatchObject({ industry: '' });
  }
});

/** Does `work`, which fails when it is about to write `collection`. */
async function killing({ connection }: Shelf, collection: string, work: () => Promise<unknown>) {
  const rows = connection.collection(collection);
  const model = Object.values(connection.models).find((each) => each.collection === rows);
  const doomed = collection === 'accounts' ? model?.collection : rows;
  if (!doomed) throw new Error(`no shelf ${collection}`);
  const { updateMany, updateOne } = doomed;
  let writes = 0;
  doomed.updateMany = () => Promise.reject(new Error('killed'));
  // The claim is the first write to accounts, the gain the second.
  doomed.updateOne = (...args: Parameters<typeof updateOne>) =>
    (writes += 1) > 1 ? Promise.reject(new Error('killed')) : updateOne.apply(doomed, args);
  await expect(work()).rejects.toThrow('killed');
  Object.assign(doomed, { updateMany, updateOne });
}

it('loses nothing when two go into a third at once, and each brings what it knows', async () => {
  const shelf = await aShelf();
  const [a, b, c] = [await anAccount(shelf, 'a'), await anAccount(shelf, 'b'), await anAccount(shelf, 'c')];
  await shelf.accounts.update(a, { custom: { x: 1 }, industry: '电子' });
  await shelf.accounts.update(b, { custom: { y: 2 }, region: '华东' });
  expect(await Promise.all([merge(shelf, a, c), merge(shelf, b, c)])).toEqual([true, true]);
  expect(await allOf(shelf, c)).toEqual(everythingOf('a', 'b', 'c'));
  expect(await shelf.accounts.find(c)).toMatchObject({
    custom: { x: 1, y: 2 },
    industry: '电子',
    region: '华东',
  });
});

const aPin = (reason: string, expiresOn: string) =>
  ({ value: 'head', reason, by: 'lena', at, expiresOn }) as const;

it('gets the other’s pin for one that is over, and gives it back', async () => {
  const shelf = await aShelf();
  const [a, b] = [await anAccount(shelf, 'a'), await anAccount(shelf, 'b')];
  const [over, valid] = [aPin('旧的', '2026-03-10'), aPin('新的', '2026-12-31')];
  await shelf.accounts.update(a, { tierPin: valid });
  await shelf.accounts.update(b, { tierPin: over });
  expect(await merge(shelf, a, b)).toBe(true);
  expect((await shelf.accounts.find(b))?.tierPin).toEqual(valid);
  const open = await shelf.merges.openOf(a);
  expect(open && (await shelf.merges.takeBack(open))).toBe(true);
  expect((await shelf.accounts.find(b))?.tierPin).toEqual(over);
});

it('knows every account that is in another now, through however many', async () => {
  const shelf = await aShelf();
  const [a, b, c] = [await anAccount(shelf, 'a'), await anAccount(shelf, 'b'), await anAccount(shelf, 'c')];
  await merge(shelf, a, b);
  await merge(shelf, b, c);
  expect((await shelf.merges.idsIn(c)).sort()).toEqual([a, b, c].sort());
  const open = await shelf.merges.openOf(b);
  if (open) await shelf.merges.takeBack(open);
  expect(await shelf.merges.idsIn(c)).toEqual([c]);
  expect((await shelf.merges.idsIn(b)).sort()).toEqual([a, b].sort());
});

it('loses nothing when the account it goes into goes further at the same time', async () => {
  const shelf = await aShelf();
  const [a, b, c] = [await anAccount(shelf, 'a'), await anAccount(shelf, 'b'), await anAccount(shelf, 'c')];
  await shelf.accounts.update(a, { custom: { x: 1 } });
  await Promise.all([merge(shelf, a, b), merge(shelf, b, c)]);
  expect(await allOf(shelf, c)).toEqual(everythingOf('a', 'b', 'c'));
  expect((await shelf.accounts.resolveMerged(a))?._id).toBe(c);
  expect(await shelf.accounts.find(c)).toMatchObject({ custom: { x: 1 } });
});

it('merges once when two ask for the same, and never in a circle', async () => {
  const shelf = await aShelf();
  const [a, b] = [await anAccount(shelf, 'a'), await anAccount(shelf, 'b')];
  await Promise.all([merge(shelf, a, b), merge(shelf, b, a), merge(shelf, a, b)]);
  const ends = await Promise.all([a, b].map((id) => shelf.accounts.find(id)));
  expect(ends.filter((account) => account?.mergedInto).length).toBeLessThanOrEqual(1);
  const whole = [...(await allOf(shelf, a)), ...(await allOf(shelf, b))].sort();
  expect(whole).toEqual(everythingOf('a', 'b'));
  const gone = ends.find((account) => account?.mergedInto)?._id ?? '';
  expect(await allOf(shelf, gone)).toEqual([]);
});

it('refuses an account that went elsewhere, and knows no other', async () => {
  const shelf = await aShelf();
  const [a, b, c] = [await anAccount(shelf, 'a'), await anAccount(shelf, 'b'), await anAccount(shelf, 'c')];
  await merge(shelf, a, b);
  expect(await shelf.merges.begin(asked(a, c))).toBeNull();
  expect(await shelf.merges.begin(asked('nobody', c))).toBeNull();
  expect(await shelf.merges.openOf('nobody')).toBeNull();
});

it('takes back what still belongs there; what was added after the merge stays', async () => {
  const shelf = await aShelf();
  const [a, b] = [await anAccount(shelf, 'a'), await anAccount(shelf, 'b')];
  await shelf.accounts.update(a, { custom: { x: 1, y: 1 }, industry: '电子', region: '华东' });
  await merge(shelf, a, b);
  await addOrder(shelf, 'o-later', b);
  await addOrder(shelf, 'o-a', 'elsewhere');
  await shelf.accounts.update(b, { region: '华北', custom: { x: 9, y: 1 } });
  const open = await shelf.merges.openOf(a);
  if (!open) throw new Error('not merged');
  expect(await shelf.merges.takeBack(open)).toBe(true);
  expect(await allOf(shelf, a)).toEqual(['f-a', 'q-a', 'wm-a']);
  expect(await allOf(shelf, b)).toEqual([...everythingOf('b'), 'o-later'].sort());
  expect(await shelf.accounts.find(b)).toMatchObject({ region: '华北', industry: '', custom: { x: 9 } });
  expect((await shelf.accounts.find(b))?.custom).not.toHaveProperty('y');
  expect(await shelf.accounts.find(a)).toMatchObject({ mergedInto: null, custom: { x: 1, y: 1 } });
  expect(await shelf.merges.takeBack(open)).toBe(false);
  expect(await merge(shelf, a, b)).toBe(true);
});

it('takes an account back out of the one that its survivor went into', async () => {
  const shelf = await aShelf();
  const [a, b, c] = [await anAccount(shelf, 'a'), await anAccount(shelf, 'b'), await anAccount(shelf, 'c')];
  await merge(shelf, a, b);
  await merge(shelf, b, c);
  const open = await shelf.merges.openOf(a);
  if (open) await shelf.merges.takeBack(open);
  expect(await allOf(shelf, a)).toEqual(everythingOf('a'));
  const other = await shelf.merges.openOf(b);
  if (other) await shelf.merges.takeBack(other);
  expect([await allOf(shelf, b), await allOf(shelf, c)]).toEqual([everythingOf('b'), everythingOf('c')]);
});

it('keeps who recommended whom, and lets nobody recommend themselves', async () => {
  const shelf = await aShelf();
  const [a, b, c] = [await anAccount(shelf, 'a'), await anAccount(shelf, 'b'), await anAccount(shelf, 'c')];
  await shelf.accounts.update(c, { referredById: a });
  await shelf.accounts.update(b, { referredById: a });
  await merge(shelf, a, b);
  expect(await shelf.accounts.find(c)).toMatchObject({ referredById: b });
  expect(await shelf.accounts.find(b)).toMatchObject({ referredById: null });
  expect((await shelf.accounts.referredBy(b, 9)).map(({ _id }) => _id)).toEqual([c]);
});

it('names the merges that were cut short, and the young ones', async () => {
  const shelf = await aShelf();
  const [a, b, c] = [await anAccount(shelf, 'a'), await anAccount(shelf, 'b'), await anAccount(shelf, 'c')];
  await shelf.merges.begin(asked(a, b));
  await merge(shelf, c, b);
  const namesSince = async (since: Date) => {
    const found = [];
    for await (const { fromId } of shelf.merges.unsettled(since)) found.push(fromId);
    return found.sort();
  };
  expect(await namesSince(at)).toEqual([a, c].sort());
  expect(await namesSince(new Date(at.getTime() + 1))).toEqual([a]);
  expect((await shelf.merges.into(b, at)).map(({ fromId }) => fromId)).toEqual([c]);
});
