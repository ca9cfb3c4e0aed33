import { describe, expect, it } from 'vitest';
import { createCustomerMessages } from '../../../../server/wecom/api/customer-messages.ts';
import { createStaffMessages } from '../../../../server/wecom/api/messages.ts';
import type { Reply } from '../../../support/scripted-server.ts';
import { aCaller, aTokenServer, ok, refused } from '../../../support/wecom-parts.ts';
import { openSmall } from '../../../../packages/wecom-sandbox/test/support/open-small.ts';

const LINK = { title: '合作满意度评价', description: '一道题', url: 'http://localhost:3000/s/c/1' };
const asked = { staffId: 'lisi', externalUserIds: ['wm2', 'wo3'], text: '您好', link: LINK };
const faults = [{ isCut: true }, { status: 502 }, { isGarbage: true }];

async function ofSandbox(...options: Parameters<typeof openSmall>) {
  const small = await openSmall(...options);
  const { call } = aCaller(small.platform.origin);
  return { ...small, staff: createStaffMessages(call, 1000002), customers: createCustomerMessages(call) };
}

describe('to staff', () => {
  const card = {
    title: '团队日报',
    description: '跟进：完成 1',
    url: 'http://localhost/x',
    buttonText: '查看',
  };

  it('a text arrives as it was written', async () => {
    const { platform, staff } = await ofSandbox();
    const msgid = await staff.sendText('lisi', '【今日跟进】\n<a href="http://localhost/x">恒锐</a>');
    expect(platform.state.messages).toMatchObject([
      { id: msgid, to: 'lisi', text: '【今日跟进】\n<a href="http://localhost/x">恒锐</a>' },
    ]);
  });

  it('a card arrives with its link and button', async () => {
    const { platform, staff } = await ofSandbox();
    await staff.sendCard('ZhangSan', card);
    const { title, description, url } = card;
    expect(platform.state.messages).toMatchObject([
      { to: 'ZhangSan', card: { title, description, url, btntxt: '查看' } },
    ]);
  });

  it('a text of 2048 bytes is sent, one of 2049 is not: WeCom would cut it', async () => {
    const { platform, staff } = await ofSandbox();
    await staff.sendText('lisi', `${'跟'.repeat(682)}ab`);
    await expect(staff.sendText('lisi', `${'跟'.repeat(682)}abc`)).rejects.toThrow(RangeError);
    expect(platform.state.messages).toHaveLength(1);
  });

  it.each([...faults, { errcode: -1 }].flatMap((fault) => [fault, { ...fault, isAfterwards: true }]))(
    'never arrives twice, whatever goes wrong: %j',
    async (fault) => {
      const { platform, staff } = await ofSandbox();
      platform.faults.next('message/send', fault);
      await staff.sendText('lisi', 'x').catch(() => null);
      await staff.sendText('lisi', 'x');
      expect(platform.state.messages).toHaveLength(1);
    },
  );

  it.each<[string, Reply]>([
    ['the connection was cut', 'cut'],
    ['a gateway answered', { status: 502, text: 'gateway' }],
    ['the answer was no JSON', { status: 200, text: '<html>' }],
    ['WeCom was busy', refused(-1)],
  ])(
    'is sent again when %s: the very same request, which WeCom drops if it had arrived',
    async (_, reply) => {
      const server = await aTokenServer(({ path }, before) =>
        path.endsWith('message/send') && before === 0 ? reply : ok({ msgid: 'm' }),
      );
      const staff = createStaffMessages(aCaller(server.origin).call, 7);
      await staff.sendText('x', 'y');
      const bodies = server.of('message/send').map(({ body }) => JSON.stringify(body));
      expect(bodies).toHaveLength(2);
      expect(new Set(bodies).size).toBe(1);
    },
  );

  it('asks WeCom to drop the same text within four hours', async () => {
    const server = await aTokenServer(() => ok({ msgid: 'm' }));
    await createStaffMessages(aCaller(server.origin).call, 7).sendText('x', 'y');
    expect(server.of('message/send')[0]?.body).toEqual({
      touser: 'x',
      agentid: 7,
      msgtype: 'text',
      text: { content: 'y' },
      enable_duplicate_check: 1,
      duplicate_check_interval: 14_400,
    });
  });

  it('out of sight is refused', async () => {
    const { staff } = await ofSandbox();
    await expect(staff.sendText('hidden', 'x')).rejects.toMatchObject({ errcode: 81013, isUnsent: true });
  });
});

const page = (list: object[], next_cursor: string) => ok({ send_list: list, next_cursor });

describe('a mass message to contacts', () => {
  it('is a task of one member, with text and link; those out of reach are named', async () => {
    const { platform, customers } = await ofSandbox();
    const { msgid, refused } = await customers.propose({ ...asked, externalUserIds: ['wm2', 'wo3', 'wm1'] });
    expect(refused).toEqual(['wm1']);
    expect(platform.state.massMessages).toMatchObject([
      {
        msgid,
        text: '您好',
        links: [{ title: LINK.title, url: LINK.url }],
        tasks: [{ userid: 'lisi', recipients: [{ externalUserId: 'wm2' }, { externalUserId: 'wo3' }] }],
      },
    ]);
  });

  it('to nobody in reach is refused with 41048', async () => {
    const { customers } = await ofSandbox();
    const proposal = customers.propose({ ...asked, externalUserIds: ['wm1'] });
    await expect(proposal).rejects.toMatchObject({ errcode: 41048, isUnsent: true });
  });

  it.each(faults)('is proposed once when the answer to it is lost: %j', async (fault) => {
    const { platform, customers } = await ofSandbox();
    platform.faults.next('add_msg_template', { ...fault, isAfterwards: true });
    await expect(customers.propose(asked)).rejects.toMatchObject({ isUnsent: false });
    expect(platform.state.massMessages).toHaveLength(1);
  });

  it.each([false, true])(
    'is proposed once when WeCom was too busy to answer; done all the same: %s',
    async (isAfterwards) => {
      const { platform, customers } = await ofSandbox();
      platform.faults.next('add_msg_template', { errcode: -1, isAfterwards });
      await expect(customers.propose(asked)).rejects.toMatchObject({ isUnsent: false });
      expect(platform.state.massMessages).toHaveLength(isAfterwards ? 1 : 0);
    },
  );

  it.each([[{}], [{ fail_list: null }], [{ fail_list: [] }]])(
    'refuses nobody when the answer has %j',
    async (fields) => {
      const server = await aTokenServer(() => ok({ msgid: 'm', ...fields }));
      const customers = createCustomerMessages(aCaller(server.origin).call);
      expect(await customers.propose(asked)).toEqual({ msgid: 'm', refused: [] });
    },
  );

  it('is found again by its link, over several pages', async () => {
    const { platform, clock, customers } = await ofSandbox();
    for (let n = 0; n < 120; n += 1) {
      await customers.propose({ ...asked, link: { ...LINK, url: `http://localhost/${n}` } });
    }
    const from = new Date(clock.now().getTime() - 60_000);
    const { found } = await customers.proposed(from, clock.now());
    expect(new Set(found.flatMap(({ urls }) => urls)).size).toBe(120);
    expect(new Set(found.map(({ msgid }) => msgid)).size).toBe(platform.state.massMessages.length);
    expect(await customers.proposed(new Date(from.getTime() - 60_000), from)).toEqual({
      found: [],
      unread: 0,
    });
  });

  it('without link, or with other attachments, is listed too', async () => {
    const list = [
      {
        msgid: 'a',
        create_time: '1700000000',
        attachments: [{ msgtype: 'image', image: { media_id: 'x' } }],
      },
      { msgid: 'b', creator: 'lisi' },
    ];
    const server = await aTokenServer(() => ok({ group_msg_list: list }));
    const customers = createCustomerMessages(aCaller(server.origin).call);
    expect((await customers.proposed(new Date(0), new Date(1))).found).toEqual([
      { msgid: 'a', urls: [] },
      { msgid: 'b', urls: [] },
    ]);
  });

  it('tells what became of it at each contact', async () => {
    const rows = [0, 1, 2, 3, 9].map((status) => ({
      external_userid: `wm${status}`,
      userid: 'lisi',
      status,
    }));
    const server = await aTokenServer((_, before) =>
      before === 0 ? page(rows.slice(0, 3), 'c') : page(rows.slice(3), ''),
    );
    const found = await createCustomerMessages(aCaller(server.origin).call).results('m', 'lisi');
    expect(found.map(({ externalUserId, outcome }) => [externalUserId, outcome])).toEqual([
      ['wm0', 'waiting'],
      ['wm1', 'sent'],
      ['wm2', 'not_friend'],
      ['wm3', 'too_many'],
      ['wm9', 'waiting'],
    ]);
    expect(server.of('send_result').map(({ body }) => body)).toMatchObject([
      { msgid: 'm', userid: 'lisi' },
      { msgid: 'm', userid: 'lisi', cursor: 'c' },
    ]);
  });

  it('is waiting until the member confirms, then sent', async () => {
    const { platform, customers } = await ofSandbox();
    const { msgid } = await customers.propose(asked);
    expect((await customers.results(msgid, 'lisi')).map(({ outcome }) => outcome)).toEqual([
      'waiting',
      'waiting',
    ]);
    platform.actions.confirmMassMessage({ userid: 'lisi', msgid });
    expect((await customers.results(msgid, 'lisi')).map(({ outcome }) => outcome)).toEqual(['sent', 'sent']);
  });
});

const sent = async (fault: object | null) => {
  const answers = await aTokenServer(() => (fault ? { json: fault } : 'cut'));
  const customers = createCustomerMessages(aCaller(answers.origin).call);
  const failure = await customers.welcome('CODE', '您好').then(
    () => null,
    (error: unknown) => error,
  );
  return { failure, tries: answers.of('send_welcome_msg') };
};

describe('a welcome', () => {
  it('is sent with its code', async () => {
    const { failure, tries } = await sent({ errcode: 0, errmsg: 'ok' });
    expect(failure).toBeNull();
    expect(tries[0]?.body).toEqual({ welcome_code: 'CODE', text: { content: '您好' } });
  });

  it.each([
    [41050, 1],
    [41051, 1],
    [41096, 4],
  ])('refused with %i is tried %i time(s)', async (errcode, times) => {
    const { failure, tries } = await sent({ errcode, errmsg: 'no' });
    expect(failure).toMatchObject({ errcode });
    expect(tries).toHaveLength(times);
  });

  it('is not repeated when nobody knows whether it arrived', async () => {
    const { failure, tries } = await sent(null);
    expect(failure).toMatchObject({ isUnsent: false });
    expect(tries).toHaveLength(1);
  });
});
