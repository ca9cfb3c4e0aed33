import { expect, it } from 'vitest';
import { aReceiver } from './support/callback-receiver.ts';
import { openSmall } from './support/open-small.ts';

const KEY = { userid: 'lisi', externalUserId: 'wm2' };

it('drops callbacks: nobody hears of them, and they are not tried again', async () => {
  const receiver = await aReceiver();
  const { platform } = await openSmall(receiver);
  platform.faults.planCallbacks('edit_external_contact', { kind: 'drop' }, { times: 1 });
  platform.actions.editRemark({ ...KEY, remark: '一' });
  platform.actions.deleteStaff(KEY);
  platform.actions.editRemark({ ...KEY, remark: '二' });
  await platform.settled();
  expect(receiver.changes()).toEqual(['del_follow_user', 'edit_external_contact']);
  expect(platform.state.pending).toEqual([]);
  expect(platform.log.after(0).map(({ note }) => note)).toContain('按要求丢弃');
});

it('delivers twice, the same event freshly sealed', async () => {
  const receiver = await aReceiver();
  const { platform } = await openSmall(receiver);
  platform.faults.planCallbacks('change_external_contact/*', { kind: 'duplicate' }, { times: 1 });
  platform.actions.editRemark({ ...KEY, remark: '一' });
  await platform.settled();
  const [first, second, ...more] = receiver.letters;
  expect(second?.xml).toBe(first?.xml);
  expect(second?.encrypted).not.toBe(first?.encrypted);
  expect(more).toEqual([]);
});

it('lets the next one of the same customer overtake', async () => {
  const receiver = await aReceiver();
  const { platform } = await openSmall(receiver);
  platform.faults.planCallbacks('*', { kind: 'reorder', waitMs: 0 }, { times: 1 });
  platform.actions.editRemark({ ...KEY, remark: '一' });
  platform.actions.deleteStaff(KEY);
  platform.actions.deleteCustomer(KEY);
  await platform.settled();
  expect(receiver.changes()).toEqual(['del_follow_user', 'edit_external_contact', 'del_external_contact']);
});

it('delivers in the end what no other one overtook', async () => {
  const receiver = await aReceiver();
  const { platform } = await openSmall(receiver);
  platform.faults.planCallbacks('*', { kind: 'reorder', waitMs: 1 });
  platform.actions.deleteStaff(KEY);
  await platform.settled();
  expect(receiver.changes()).toEqual(['del_follow_user']);
});

it('holds a callback back while others pass', async () => {
  const receiver = await aReceiver();
  const { platform } = await openSmall(receiver);
  platform.faults.planCallbacks('del_follow_user', { kind: 'delay', waitMs: 100 }, { times: 1 });
  platform.actions.deleteStaff(KEY);
  platform.actions.deleteStaff({ userid: 'lisi', externalUserId: 'wo3' });
  await platform.settled();
  expect(receiver.letters.map(({ event }) => event['ExternalUserID'])).toEqual(['wo3', 'wm2']);
});

it('takes orders for callbacks through the control API', async () => {
  const receiver = await aReceiver();
  const { platform, control } = await openSmall(receiver);
  const body = { callback: 'change_external_contact/*', kind: 'drop', everyNth: 2 };
  expect((await control('faults', { body })).status).toBe(204);
  for (const remark of ['一', '二', '三', '四']) platform.actions.editRemark({ ...KEY, remark });
  await platform.settled();
  expect(receiver.letters).toHaveLength(2);
});
