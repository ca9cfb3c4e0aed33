import { create } from 'axios';
import { expect, it } from 'vitest';
import { createMemoryShared } from '../../../server/store/shared.ts';
import { createWecom } from '../../../server/wecom/create-wecom.ts';
import { aTokenServer, CORP, ok } from '../../support/wecom-parts.ts';

const answers = ok({ follow_user: [], department: [], tag_group: [] });

/** Every API family of a corp whose 客户联系 secret may differ from the app's. */
async function aWecom(contactSecret: string) {
  const server = await aTokenServer(() => answers);
  const identity = {
    corpId: CORP.corpId,
    agentId: CORP.agentId,
    agentSecret: CORP.secret,
    contactSecret,
    oauthUrl: server.origin,
  };
  return { server, wecom: createWecom(create({ baseURL: server.origin }), createMemoryShared(), identity) };
}

it('calls everything with one token when there is one secret', async () => {
  const { server, wecom } = await aWecom(CORP.secret);
  await Promise.all([wecom.staff.departments(), wecom.staff.followers(), wecom.tags.groups(), wecom.token()]);
  expect(server.of('gettoken')).toHaveLength(1);
});

it('calls the customer APIs with the token of their own secret in old corps', async () => {
  const { server, wecom } = await aWecom('the-contact-secret');
  await wecom.staff.departments();
  await wecom.staff.followers();
  await wecom.tags.groups();
  expect(server.of('gettoken').map(({ query }) => query['corpsecret'])).toEqual([
    CORP.secret,
    'the-contact-secret',
  ]);
  const tokens = (path: string) => server.of(path)[0]?.query['access_token'];
  expect(tokens('department/list')).toBe('token-1');
  expect([tokens('get_follow_user_list'), tokens('get_corp_tag_list')]).toEqual(['token-2', 'token-2']);
});
