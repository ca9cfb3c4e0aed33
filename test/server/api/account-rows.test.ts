import { expect, it } from 'vitest';
import { aMember } from '../../support/a-visitor.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aSyncedWorld } from '../../support/a-world.ts';

it('takes accounts of an ERP by the rules of a file, row by row, and shows them to a key that may read', async () => {
  const corp = aTeamCorp([['anna', 'wm1', '甲']]);
  const world = await aSyncedWorld({ corp, settings: { ADMIN_USERIDS: 'olga' } });
  const olga = await aMember(world.origin, 'olga');
  const wish = { name: 'ERP', scopes: ['accounts:write', 'accounts:read'] };
  const { id, secret } = (await (await olga.send('/api/v1/api-keys', wish)).json()) as Record<string, string>;
  const authorization = `Bearer ${secret}`;
  const put = async (...accounts: object[]) => {
    const answer = await fetch(`${world.origin}/api/v1/accounts`, {
      method: 'PUT',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ accounts }),
    });
    return answer.json();
  };
  const jia = { externalId: 'K1', name: '甲', industry: '机械', owner: 'ben' };
  const report = await put(jia, { name: '乙', owner: 'nobody' }, { name: '丙', custom: { grade: 'A' } });
  expect(report).toMatchObject({
    changed: 1,
    rejected: [
      { line: 2, id: '乙', reasons: ['负责人“nobody”不是已同步的成员（应填 userid）'] },
      { line: 3, id: '丙', reasons: ['没有自定义字段“grade”'] },
    ],
  });
  expect(await put(jia)).toMatchObject({ unchanged: 1 });
  const known = await world.context.accounts.findByKey('甲');
  expect(known).toMatchObject({ externalId: 'K1', ownerId: 'ben' });
  const [note] = await world.context.audit.list({ subject: `account:${known?._id}`, limit: 1 });
  expect(note).toMatchObject({ by: `key:${id}`, act: 'account.edit' });
  const listed = await fetch(`${world.origin}/api/v1/accounts`, { headers: { authorization } });
  expect(await listed.json()).toMatchObject({ accounts: [{ name: '甲' }] });
});
