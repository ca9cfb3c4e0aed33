import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { aReceiver } from './support/callback-receiver.ts';
import { openSmall } from './support/open-small.ts';
import { aSmallCorp } from './support/small-corp.ts';

function aFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'genjin-sandbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'deep', 'sandbox.json');
}

it('remembers everything after a restart, tokens and tags included', async () => {
  const file = aFile();
  const first = await openSmall({ file });
  const token = await first.token();
  await first.write('externalcontact/mark_tag', {
    userid: 'lisi',
    external_userid: 'wm2',
    add_tag: ['etHot'],
  });
  const { msgid } = await first.write('externalcontact/add_msg_template', {
    sender: 'lisi',
    text: { content: 'x' },
  });
  first.platform.actions.confirmMassMessage({ userid: 'lisi', msgid: String(msgid) });
  const { externalUserId } = first.platform.actions.addCustomer({ userid: 'lisi', name: '新人' });
  const before = structuredClone(first.platform.state);
  await first.platform.close();

  const second = await openSmall({ file });
  expect(second.platform.state).toEqual(before);
  expect(
    await second.get('externalcontact/get', { access_token: token, external_userid: externalUserId }),
  ).toMatchObject({
    errcode: 0,
  });
  // Ids go on where they stopped.
  expect(second.platform.actions.addCustomer({ userid: 'lisi', name: '又一人' }).externalUserId).not.toBe(
    externalUserId,
  );
});

it('has written the change before its callback arrives', async () => {
  const file = aFile();
  const kept: string[] = [];
  const receiver = await aReceiver([200], async () => {
    kept.push(readFileSync(file, 'utf8'));
  });
  const { platform } = await openSmall({ file, callback: receiver.callback });
  platform.actions.editRemark({ userid: 'lisi', externalUserId: 'wm2', remark: '改过了' });
  await platform.settled();
  expect(kept).toHaveLength(1);
  expect(kept[0]).toContain('改过了');
});

it('delivers after a restart what was still on its way', async () => {
  const file = aFile();
  const deaf = await aReceiver(['hang']);
  const first = await openSmall({ file, callback: deaf.callback });
  first.platform.actions.deleteStaff({ userid: 'lisi', externalUserId: 'wm2' });
  await first.platform.close();

  const receiver = await aReceiver();
  const second = await openSmall({ file });
  second.platform.setCallbackUrl(receiver.callback.url);
  await second.platform.settled();
  expect(receiver.changes()).toEqual(['del_follow_user']);
  expect(second.platform.state.pending).toEqual([]);
});

it('leaves no half-written file behind and sets another corp’s file aside', async () => {
  const file = aFile();
  const first = await openSmall({ file });
  first.platform.actions.addCustomer({ userid: 'lisi', name: '新人' });
  await first.platform.close();
  expect(readdirSync(join(file, '..'))).toEqual(['sandbox.json']);
  writeFileSync(`${file}.note`, '');
  const other = await openSmall({ file, corp: aSmallCorp({ corpId: 'ww00000000000000cd' }) });
  expect(other.platform.state.corp.customers).toHaveLength(aSmallCorp().customers.length);
  expect(readdirSync(join(file, '..'))).toContain('sandbox.json.other');
});
