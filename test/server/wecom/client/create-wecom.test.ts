import { create } from 'axios';
import { expect, it } from 'vitest';
import { createMemoryShared } from '../../../../server/store/db/shared.ts';
import type { CallReport } from '../../../../server/wecom/client/watch.ts';
import { createWecom } from '../../../../server/wecom/client/create-wecom.ts';
import { aPausingClock, aTokenServer, CORP, ok, refused } from '../../../support/wecom-parts.ts';

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
  await Promise.all([wecom.staff.tree(), wecom.staff.followers(), wecom.tags.groups(), wecom.sign()]);
  expect(server.of('gettoken')).toHaveLength(1);
});

it('calls the customer APIs with the token of their own secret in old corps', async () => {
  const { server, wecom } = await aWecom('the-contact-secret');
  await wecom.staff.tree();
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

it('shares what is shut with another process, and tells who watches', async () => {
  const server = await aTokenServer(() => refused(45009));
  const clock = aPausingClock();
  const shelf = createMemoryShared(clock.now);
  const told: string[] = [];
  const watch = {
    called: ({ path, outcome }: CallReport) => void told.push(`${path.split('/').at(-1)} ${outcome}`),
    shut: () => undefined,
  };
  const identity = { ...CORP, agentSecret: CORP.secret, contactSecret: CORP.secret, oauthUrl: server.origin };
  const process = () => createWecom(create({ baseURL: server.origin }), shelf, { ...identity, clock, watch });
  await expect(process().staff.followers()).rejects.toMatchObject({ name: 'WecomShut' });
  await expect(process().staff.followers()).rejects.toMatchObject({ name: 'WecomShut' });
  expect(told).toEqual([
    'gettoken 0',
    'get_follow_user_list 45009',
    ...Array(2).fill('get_follow_user_list shut'),
  ]);
});

it('gives up at the deadline of `within`, and not before', async () => {
  const { server, wecom } = await aWecom(CORP.secret);
  await expect(wecom.within(0, () => wecom.staff.followers())).rejects.toMatchObject({ isUnsent: true });
  // A token may be under way: it is for all.
  expect(server.seen.filter(({ path }) => path !== '/cgi-bin/gettoken')).toEqual([]);
  await expect(wecom.within(60_000, () => wecom.staff.followers())).resolves.toEqual([]);
});
