import { expect, it } from 'vitest';
import { checkUnassignedJob } from '../../../../jobs/check-unassigned.ts';
import { checkUnassigned } from '../../../../server/flows/transfers/check-unassigned.ts';
import type { Wecom } from '../../../../server/wecom/client/create-wecom.ts';
import { aLeaverWorld } from '../../../support/leaver-world.ts';

it('counts what nobody has taken over, and is quiet about what our book has', async () => {
  const world = await aLeaverWorld();
  expect(await world.run(checkUnassignedJob)).toEqual({ unassigned: 0, unknown: 0 });
  await world.leave('ben');
  expect(await world.run(checkUnassignedJob)).toEqual({ unassigned: 3, unknown: 0 });
  expect((await world.openNotices()).filter((each) => each.startsWith('unassigned'))).toEqual([]);
});

it('tells administrators of contacts of leavers whom we never knew, until they are taken over', async () => {
  const world = await aLeaverWorld();
  await world.leave('ben');
  await world.context.relations.moveStaff('ben', 'somebody-else');
  expect(await world.run(checkUnassignedJob)).toEqual({ unassigned: 3, unknown: 3 });
  expect(await world.openNotices()).toContain('unassigned-unknown:ben');
  world.platform.state.corp.relations.splice(0);
  await world.run(checkUnassignedJob);
  expect(await world.openNotices()).not.toContain('unassigned-unknown:ben');
});

/** A list of which nobody can read anything. */
const unreadable: Wecom['transfers']['unassigned'] = async function* ({ onStrays } = {}) {
  onStrays?.(['wm1', null]);
  yield [];
};

it('tells administrators of rows that cannot be read, and ends no notice by such a list', async () => {
  const world = await aLeaverWorld();
  await world.leave('ben');
  await world.context.relations.moveStaff('ben', 'somebody-else');
  await world.run(checkUnassignedJob);
  const { transfers } = world.context.wecom;
  const wecom = { ...world.context.wecom, transfers: { ...transfers, unassigned: unreadable } };
  await checkUnassigned({ ...world.context, wecom });
  expect(await world.openNotices()).toEqual(
    expect.arrayContaining(['unassigned-unknown:ben', 'unassigned-unread:']),
  );
  world.platform.state.corp.relations.splice(0);
  await world.run(checkUnassignedJob);
  expect((await world.openNotices()).filter((each) => each.startsWith('unassigned'))).toEqual([]);
});
