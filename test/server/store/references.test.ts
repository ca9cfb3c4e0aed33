import { createConnection, type mongo, type Schema } from 'mongoose';
import { expect, it } from 'vitest';
import { EXPORT_KINDS } from '../../../server/domain/exports/export-sheets.ts';
import { WARNINGS_ABOUT } from '../../../server/domain/warnings/kinds.ts';
import { recordMember } from '../../../server/flows/staff/record-member.ts';
import { createStores } from '../../../server/store/db/create-stores.ts';
import type { Reference } from '../../../server/store/db/references.ts';
import { COLLECTIONS } from '../../../server/store/exports.ts';
import { databaseAt } from '../../support/a-database.ts';
import { aShelf } from '../../support/a-shelf.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aWorld } from '../../support/a-world.ts';

type Path = { collection: string; path: string; isList: boolean; refers: Reference | undefined };
type Row = { _id: string; [field: string]: unknown };

const ACCOUNT = /^(\w*accountId|mergedInto|referredById|fromId|intoId)$/;
const MEMBER =
  /^(staffId|\w*[oO]wnerId|deputyId|heirId|standInId|handoverId|takeoverId|assigneeId|forIds|untold|doneStaff|by|\w+By|\w+LeaderIds|formerIds)$/;
/** How a relation was lost: a kind, no person. */
const NOBODY = ['relations.lostBy'];

/** Every path of every schema. */
function allPaths(): Path[] {
  const db = createConnection();
  createStores(db);
  return Object.values(db.models).flatMap(({ collection, schema }) => {
    const paths: Path[] = [];
    (schema as Schema).eachPath((path, type) => {
      const refers = (type.options as { refers?: Reference }).refers;
      paths.push({ collection: collection.collectionName, path, isList: type.instance === 'Array', refers });
    });
    return paths;
  });
}

const nameOf = ({ collection, path }: Path) => `${collection}.${path}`;
const referring = (to: Reference['to']) => allPaths().filter(({ refers }) => refers?.to === to);
const fates = (to: Reference['to'], act: string) =>
  Object.fromEntries(
    referring(to).map((each) => {
      const said: unknown = Object.entries(each.refers ?? {}).find(([name]) => name === act)?.[1];
      return [nameOf(each), String(said).startsWith('follows')];
    }),
  );

/** Puts a row for each path there, does something, and tells which paths name the other one then. */
async function followers(
  db: Pick<mongo.Db, 'collection'>,
  { paths, from, into }: { paths: Path[]; from: string; into: string },
  act: () => Promise<unknown>,
) {
  for (const each of paths)
    await db.collection<Row>(each.collection).insertOne({
      ...(each.refers?.to === 'account' ? OF_A_CONTACT : {}),
      _id: rowId(each),
      [each.path]: each.isList ? [from] : from,
    });
  await act();
  const found: [string, boolean][] = [];
  for (const each of paths) {
    const there = await db.collection<Row>(each.collection).countDocuments({ [each.path]: into });
    found.push([nameOf(each), there > 0]);
  }
  return Object.fromEntries(found);
}
/** What a split goes by. */
const OF_A_CONTACT = { externalUserId: 'wm1', contactId: 'wm1', kind: WARNINGS_ABOUT.contact[0] };
const rowId = (path: Path) => (path.collection === 'contacts' ? 'wm1' : nameOf(path));

it('every path that names an account or a member says what becomes of it', () => {
  const silent = allPaths().filter(
    (each) => (ACCOUNT.test(each.path) || MEMBER.test(each.path)) && !each.refers,
  );
  expect(silent.map(nameOf).filter((name) => !NOBODY.includes(name))).toEqual([]);
});

it('a merge takes along what says so, and nothing else; taken back, all of it is where it was', async () => {
  const { accounts, merges, connection } = await aShelf();
  const knownSince = new Date('2026-01-01');
  const [from, into] = await Promise.all(
    ['甲', '乙'].map(async (name) => (await accounts.create({ name, nameKey: name, knownSince }))?._id ?? ''),
  );
  if (!from || !into) throw new Error('no accounts');
  const asked = { fromId: from, fromName: '甲', intoId: into, reason: '', by: 'anna', at: knownSince };
  const merge = async () => {
    const begun = await merges.begin({ ...asked, on: '2026-01-01' });
    if (begun) await merges.carryOut(begun);
  };
  const own = ['accounts.mergedInto', 'merges.fromId', 'merges.intoId']; // what the merge itself is made of
  const paths = referring('account').filter((each) => !own.includes(nameOf(each)));
  const expected = Object.entries(fates('account', 'merge')).filter(([name]) => !own.includes(name));
  expect(await followers(connection, { paths, from, into }, merge)).toEqual(Object.fromEntries(expected));
  const standing = await merges.openOf(from);
  if (standing) await merges.takeBack(standing);
  for (const each of paths)
    expect([
      nameOf(each),
      await connection.collection(each.collection).countDocuments({ [each.path]: into }),
    ]).toEqual([nameOf(each), 0]);
});

it('a split takes along what says so, and nothing else', async () => {
  const { splits, connection } = await aShelf();
  const chosen = {
    contactIds: ['wm1'],
    orderIds: ['orders.accountId'],
    contractIds: ['contracts.accountId'],
    opportunityIds: ['opportunities.accountId'],
  };
  const split = () => splits.move({ fromId: 'a1', intoId: 'a2', ...chosen });
  const found = await followers(connection, { paths: referring('account'), from: 'a1', into: 'a2' }, split);
  expect(found).toEqual(fates('account', 'split'));
});

it('an export tells of every collection that says so', () => {
  const told = new Set(EXPORT_KINDS.map((kind) => COLLECTIONS[kind] ?? kind));
  const promised = referring('account').filter(
    ({ refers }) => refers?.to === 'account' && refers.export === 'told',
  );
  const known = referring('account').filter(({ collection }) => told.has(collection));
  expect(promised.map(nameOf)).toEqual(known.map(nameOf));
});

it('a member who gets another id takes along what says so, and nothing else', async () => {
  const world = await aWorld({ corp: aTeamCorp([]) });
  const names = { from: 'old', into: 'new' };
  const rename = () => recordMember(world.context, { staffId: names.into, formerId: names.from });
  const found = await followers(databaseAt(world.uri), { paths: referring('member'), ...names }, rename);
  expect(found).toEqual(fates('member', 'rename'));
});
