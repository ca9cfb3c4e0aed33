import { expect, it } from 'vitest';
import { syncContacts } from '../../../../server/flows/contacts/sync-contacts.ts';
import { syncStaff } from '../../../../server/flows/staff/sync-staff.ts';
import { aTeamCorp, type Following } from '../../../support/a-team-corp.ts';
import { aWorld } from '../../../support/a-world.ts';
import { differencesOf } from '../../../support/compare-books.ts';

const CUSTOMERS = 20_000;
/** Emoji of one and of several code points, right-to-left letters and marks, what would end a text elsewhere. */
const NAMES = [
  '王🐯小明',
  '👨‍👩‍👧 一家人',
  'علي محمد',
  '\u200Fשלום\u200E',
  '\u202Etxt.王总\u202C',
  `O'Neil "x" <b>\\0`,
];

it('reads a member of 20,000 customers, whose names have emoji and right-to-left marks, each as it is', async () => {
  const follows = Array.from({ length: CUSTOMERS }, (_, n): Following => ['anna', `wm${n}`, '']);
  const corp = aTeamCorp(follows);
  for (const [n, customer] of corp.customers.entries()) customer.name = NAMES[n % NAMES.length] ?? '';
  for (const [n, relation] of corp.relations.entries()) relation.remark = NAMES[(n + 1) % NAMES.length] ?? '';
  const { context, platform } = await aWorld({ corp });
  const run = await syncContacts(context, await syncStaff(context));
  expect(run.counts).toMatchObject({ rows: CUSTOMERS, added: CUSTOMERS, suspicious: 0 });
  const ours = [];
  for await (const relation of context.relations.activeOf('anna')) ours.push(relation);
  expect(differencesOf(platform, ours)).toEqual([]);
  const people = await context.contacts.findMany(corp.customers.map(({ externalUserId }) => externalUserId));
  const theirs = new Map(corp.customers.map(({ externalUserId, name }) => [externalUserId, name]));
  expect(people.filter(({ _id, name }) => theirs.get(_id) !== name)).toEqual([]);
}, 60_000);
