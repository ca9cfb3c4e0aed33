import { expect, it, vi } from 'vitest';
import { useClient } from './support/open-world.ts';

const openWorld = useClient();

it('lists everybody one can be, and starts as a seller with a session of their own', async () => {
  await using world = await openWorld();
  const { page, platform } = world;
  await page.waitForSelector('.rail-item');
  expect(await page.locator('.rail-name').allTextContents()).toEqual([
    '林敏',
    '陈浩',
    '赵磊',
    '孙悦',
    '吴彤',
    '客户手机',
  ]);
  expect(await page.locator('.rail-item[aria-pressed=true] .rail-name').textContent()).toBe('陈浩');
  expect(platform.state.person).toBe('staff:chen.hao');
  await vi.waitFor(() => expect(platform.asked).toContain('GET /sidebar/'));
  expect(platform.asked.indexOf('GET /auth/logout')).toBeLessThan(platform.asked.indexOf('GET /sidebar/'));
  expect(world.errors).toEqual([]);
});

it('keeps the person of the cookie, without signing anybody out', async () => {
  await using world = await openWorld();
  const { page, platform } = world;
  const signedOut = () => platform.asked.filter((call) => call === 'GET /auth/logout').length;
  await vi.waitFor(() => expect(signedOut()).toBe(1));
  await page.click('.rail-item:has-text("林敏")');
  await vi.waitFor(() => expect(signedOut()).toBe(2));
  expect(platform.state.person).toBe('staff:lin.min');
  platform.asked.length = 0;
  await page.reload();
  await expect
    .poll(() => page.locator('.rail-item[aria-pressed=true] .rail-name').textContent())
    .toBe('林敏');
  expect(platform.asked).not.toContain('GET /auth/logout');
});

it('opens the sidebar for the chosen chat, and again for the next one', async () => {
  await using world = await openWorld();
  const { page } = world;
  const who = page.frameLocator('iframe[name=wecom]').locator('#who');
  await expect
    .poll(() => who.textContent())
    .toBe('getCurExternalContact:fail without context of external contact');
  await page.click('[data-chat="customer:wm-a"]');
  await expect.poll(() => who.textContent()).toBe('wm-a');
  await page.click('[data-chat="customer:wm-d"]');
  await expect.poll(() => who.textContent()).toBe('wm-d');
  const context = page.frameLocator('iframe[name=wecom]').locator('#context');
  expect(await context.textContent()).toBe('wecom wecom single_chat_tools');
  expect(await page.locator('.signature').textContent()).toBe('JS-SDK 签名 ✓');
  expect(world.errors).toEqual([]);
});

it('signs the frame in anew as whoever one becomes', async () => {
  await using world = await openWorld();
  const { page, platform } = world;
  await page.waitForSelector('iframe[name=wecom]');
  platform.asked.length = 0;
  await page.click('.rail-item:has-text("赵磊")');
  await vi.waitFor(() => expect(platform.asked).toContain('GET /sidebar/'));
  const order = ['POST /sandbox/control/person', 'GET /auth/logout', 'GET /sidebar/'];
  expect(platform.asked.filter((line) => order.includes(line))).toEqual(order);
  await expect.poll(() => page.locator('.row-name').allTextContents()).toContain('周文博');
});

it('adds a stranger, opens the chat, and shows the tags as they come', async () => {
  await using world = await openWorld();
  const { page, platform } = world;
  await page.click('.column-head .button');
  expect(await page.locator('.stranger .row-name').allTextContents()).toEqual(['郑凯', '何雨桐']);
  await page.click('.stranger:has-text("何雨桐")');
  await page.click('.dialog-foot .is-primary');
  await expect.poll(() => page.locator('.chat-name').textContent()).toBe('何雨桐');
  expect(await page.locator('.chat-tags').textContent()).toBe('还没有标签，稍等几秒…');
  platform.mark({ userid: 'chen.hao', externalUserId: 'wm-y' }, [{ groupName: '客户阶段', tagName: '猜想' }]);
  await expect.poll(() => page.locator('.chat-tags .tag.is-new').textContent()).toBe('猜想');
  await expect.poll(() => page.locator('.tour-next').textContent()).toBe('2. 记录跟进');
});

it('leaves the sidebar of a new customer alone when the first tag arrives, so that no tap is lost', async () => {
  await using world = await openWorld();
  const { page, platform } = world;
  await page.click('.column-head .button');
  await page.click('.dialog-foot .is-primary');
  const who = page.frameLocator('iframe[name=wecom]').locator('#who');
  await expect.poll(() => who.textContent()).toBe('wm-x');
  platform.asked.length = 0;
  platform.mark({ userid: 'chen.hao', externalUserId: 'wm-x' }, [{ groupName: '客户阶段', tagName: '猜想' }]);
  await expect.poll(() => page.locator('.chat-tags .tag.is-new').textContent()).toBe('猜想');
  expect(platform.asked).not.toContain('GET /sidebar/');
});

it('adds somebody new by name and company, and says why when the platform refuses', async () => {
  await using world = await openWorld();
  const { page, platform } = world;
  await page.click('.column-head .button');
  await page.click('.segments label:has-text("新建一位")');
  await page.fill('.field input >> nth=0', '张三');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('.toast.is-failed').textContent()).toContain('他们已经是联系人');
  await page.fill('.field input >> nth=0', '李四');
  await page.fill('.field input >> nth=1', '宏远机电');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('.chat-name').textContent()).toBe('李四@宏远机电');
  expect(platform.state.customers.at(-1)).toMatchObject({ name: '李四', corpName: '宏远机电' });
});

it('changes the remark and deletes a customer', async () => {
  await using world = await openWorld();
  const { page, platform } = world;
  await page.click('[data-chat="customer:wm-b"]');
  await page.click('.chat-head .button:has-text("备注")');
  await page.fill('.field input >> nth=0', '李总（包装）');
  await page.click('.dialog-foot .is-primary');
  await expect.poll(() => page.locator('.chat-name').textContent()).toBe('李总（包装）@蓝海包装');
  await page.click('.chat-head .button:has-text("删除")');
  await page.click('.dialog-foot .is-filled');
  await expect.poll(() => page.locator('[data-chat="customer:wm-b"]').count()).toBe(0);
  expect(platform.state.relations.some(({ externalUserId }) => externalUserId === 'wm-b')).toBe(false);
});

it('says a line in the chat, from the composer and from the sidebar', async () => {
  await using world = await openWorld();
  const { page } = world;
  await page.click('[data-chat="customer:wm-a"]');
  await page.fill('.composer input', '周五见');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('.is-mine .bubble').last().textContent()).toBe('周五见');
  const answer = await page
    .frame({ name: 'wecom' })
    ?.evaluate(() =>
      (
        parent as unknown as { sandboxClient: { invoke: (name: string, params: unknown) => unknown } }
      ).sandboxClient.invoke('sendChatMessage', { msgtype: 'text', text: { content: '资料已发' } }),
    );
  expect(answer).toEqual({ err_msg: 'sendChatMessage:ok' });
  await expect.poll(() => page.locator('.is-mine .bubble').last().textContent()).toBe('资料已发');
});

it('sends a mass message after the member confirmed it, and the customer answers in the phone', async () => {
  await using world = await openWorld();
  const { page, platform } = world;
  await page.waitForSelector('.rail-item');
  platform.proposeSurvey('chen.hao');
  await expect.poll(() => page.locator('[data-chat=tasks] .badge').textContent()).toBe('1');
  await page.click('[data-chat=tasks]');
  await page.click('.task >> text=确认发送');
  await expect.poll(() => page.locator('.task-status').textContent()).toBe('已发送');
  await page.click('.task .face.is-button');
  await vi.waitFor(() => expect(platform.state.person).toBe('customer:wm-a'));
  await page.click('.phone .link-card');
  const survey = page.frameLocator('iframe[name=wechat]');
  await expect.poll(() => survey.locator('#kind').textContent()).toBe('wechat wechat');
  await survey.locator('#nine').click();
  await expect.poll(() => page.locator('.tour-ring + strong').isVisible()).toBe(true);
  await page.click('.tour-button');
  await page.click('.tour-toggle:has-text("发起 NPS")');
  await expect
    .poll(() => page.locator('.tour-item.is-done .tour-title').allTextContents())
    .toEqual(['发起 NPS']);
  expect(world.errors).toEqual([]);
});

it('lets a customer delete a member, whom the member still sees', async () => {
  await using world = await openWorld();
  const { page } = world;
  await page.click('[data-chat="customer:wm-a"]');
  await page.click('.rail-item:has-text("客户手机")');
  await page.click('.phone [data-chat="staff:chen.hao"]');
  await page.click('.phone-bar .icon-button:last-child');
  await page.click('.dialog-foot .is-filled');
  await expect.poll(() => page.locator('.phone [data-chat]').count()).toBe(1);
  await page.click('.rail-item:has-text("陈浩")');
  await expect
    .poll(() => page.locator('[data-chat="customer:wm-a"] .row-gone').textContent())
    .toBe('已被对方删除');
  await expect.poll(() => page.locator('.chat-gone').isVisible()).toBe(true);
});

it('shows the log live, filtered, with details', async () => {
  await using world = await openWorld();
  const { page, platform } = world;
  await page.click('.log-toggle');
  await expect.poll(() => page.locator('.log-live').textContent()).toBe('实时');
  platform.note({
    kind: 'callback',
    name: 'change_external_contact / del_follow_user',
    detail: { xml: '<xml><A>1</A></xml>' },
  });
  platform.note({ name: '发送应用消息', method: 'POST', path: '/cgi-bin/message/send', errcode: 60020 });
  await expect
    .poll(() => page.locator('.log-name').allTextContents())
    .toEqual(['发送应用消息', '客户删除员工']);
  expect(await page.locator('.is-failed .log-result').textContent()).toBe('60020');
  await page.click('.log-filters label:has-text("回调")');
  await expect.poll(() => page.locator('.log-name').allTextContents()).toEqual(['客户删除员工']);
  await page.click('.log-row');
  expect(await page.locator('.log-detail pre').textContent()).toBe('<xml>\n<A>1</A>\n</xml>');
});

it('says so when the service is gone, and recovers by itself', async () => {
  await using world = await openWorld();
  const { page, platform } = world;
  await page.waitForSelector('.rail-item');
  platform.isBroken = true;
  platform.note({ name: '获取客户详情' });
  await expect.poll(() => page.locator('.stale').isVisible()).toBe(true);
  platform.isBroken = false;
  platform.note({ name: '获取客户详情' });
  await expect.poll(() => page.locator('.stale').count()).toBe(0);
});
