import type { Page } from 'playwright-core';

/** What WeCom's bridge answers; null: it never does. */
export type Bridge = {
  agentConfig: string | null;
  entry: string;
  externalUserId: string | null;
  sendChatMessage: string | null;
};

export const aBridge = (changes: Partial<Bridge> = {}): Bridge => ({
  agentConfig: 'agentConfig:ok',
  entry: 'single_chat_tools',
  externalUserId: 'wm_wang',
  sendChatMessage: 'sendChatMessage:ok',
  ...changes,
});

export type BridgeCall = { name: string; params: Record<string, unknown> };

/** WeCom on Windows. Source: wecom.md §5.1. */
export const WECOM_AGENT =
  'Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.0.0 Safari/537.36 wxwork/4.1.36 (MicroMessenger/6.2) WindowsWechat MailPlugin_Electron WeMail embeddisk wwmver/3.26.36.0';

/** Puts a stand-in `WeixinJSBridge` under the real SDK before any script of the page runs. Source: wecom.md §5.2. */
export async function installBridge(page: Page, bridge: Bridge): Promise<void> {
  await page.addInitScript((bridge: Bridge) => {
    const calls: BridgeCall[] = [];
    const answers: Record<string, () => object | '' | null> = {
      agentConfig: () => bridge.agentConfig && { err_msg: bridge.agentConfig },
      getContext: () => ({ err_msg: 'getContext:ok', entry: bridge.entry }),
      getCurExternalContact: () =>
        bridge.externalUserId
          ? { err_msg: 'getCurExternalContact:ok', userId: bridge.externalUserId }
          : { err_msg: 'getCurExternalContact:without context of external contact' },
      sendChatMessage: () => bridge.sendChatMessage && { err_msg: bridge.sendChatMessage },
    };
    const invoke = (name: string, params: Record<string, unknown>, done: (answer: object) => void) => {
      calls.push({ name, params });
      const answer = answers[name]?.();
      if (answer) setTimeout(() => done(answer));
    };
    Object.assign(window, { WeixinJSBridge: { invoke, on: () => undefined }, bridge, bridgeCalls: calls });
  }, bridge);
}

export const bridgeCalls = (page: Page): Promise<BridgeCall[]> =>
  page.evaluate(() => (window as unknown as { bridgeCalls: BridgeCall[] }).bridgeCalls);

/** From now on the bridge answers otherwise. */
export const changeBridge = (page: Page, changes: Partial<Bridge>): Promise<void> =>
  page.evaluate(
    (changes) => void Object.assign((window as unknown as { bridge: Bridge }).bridge, changes),
    changes,
  );
