import * as ww from '@wecom/jssdk';
import type { Me } from '../../server/api/contract/session.ts';
import { readAgentConfig } from './api.ts';

/** What WeCom was asked when it failed, in the order of asking. */
export type WxStep = 'bridge' | 'agent_config' | 'context' | 'contact' | 'send';

/** WeCom refused (`errMsg` is its own word) or kept silent (`errMsg` is null). */
export class WxFailure extends Error {
  readonly step: WxStep;
  readonly errMsg: string | null;
  constructor(step: WxStep, errMsg: string | null) {
    super(`${step}: ${errMsg ?? 'silent'}`);
    this.step = step;
    this.errMsg = errMsg;
  }
}

/** Entries from which WeCom tells the customer of the chat. Source: wecom.md §5.3. */
const CONTACT_ENTRIES: readonly string[] = ['contact_profile', 'single_chat_tools', 'single_kf_tools'];

/** Of these, the entries that have the chat open, so that a message can go into it. Source: wecom.md §5.3. */
const SENDING_ENTRIES: readonly string[] = ['single_chat_tools', 'single_kf_tools'];

/** The chat beside us: with whom, and whether it takes messages from here. */
export type Chat = { externalUserId: string; canSend: boolean };

/** ms WeCom may take for each step; agentConfig outlasts the request for our signature, so that the slow one is named, and a message
 * may wait for people to confirm it. */
const LIMITS_MS: Record<WxStep, number> = {
  bridge: 5_000,
  agent_config: 15_000,
  context: 5_000,
  contact: 5_000,
  send: 120_000,
};

/** Whether WeCom shows this page, by its user agent. Source: wecom.md §5.1. */
export const isWeCom = ww.env.isWeCom;

/** The SDK waits for its bridge for ever and rejects with plain objects: this gives both an end and a name. */
async function ask<Answer>(step: WxStep, answer: Promise<Answer>): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new WxFailure(step, null)), LIMITS_MS[step]);
  });
  try {
    return await Promise.race([answer, silence]);
  } catch (error) {
    if (error instanceof Error) throw error;
    throw new WxFailure(step, String((error as { errMsg?: string }).errMsg ?? 'fail'));
  } finally {
    clearTimeout(timer);
  }
}

/** The last reason for which agentConfig failed. */
let refusal: unknown;

/** `register` starts agentConfig on its own and drops that promise; we await it ourselves, so the dropped copy is no news. */
function hushDroppedPromise(event: PromiseRejectionEvent): void {
  if (event.reason === refusal) event.preventDefault();
}

/** Gets the app's licence to call the bridge; may be repeated after a refusal. */
async function authorize({ corpId, agentId }: Pick<Me, 'corpId' | 'agentId'>): Promise<void> {
  window.addEventListener('unhandledrejection', hushDroppedPromise);
  ww.register({
    corpId,
    agentId,
    jsApiList: ['getContext', 'getCurExternalContact', 'sendChatMessage'],
    getAgentConfigSignature: (url) => readAgentConfig(url),
    onAgentConfigFail: (reason) => {
      refusal = reason;
    },
  });
  await ask('agent_config', ww.ensureAgentConfigReady());
}

/**
 * The chat beside us; null when the page was opened from elsewhere (工作台, a group chat …).
 *
 * @throws {WxFailure} when WeCom refuses or keeps silent.
 * @throws {ApiError | NoAnswer} when our server gives no signature.
 */
export async function readChat(app: Pick<Me, 'corpId' | 'agentId'>): Promise<Chat | null> {
  await ask('bridge', ww.onWeixinJSBridgeReady);
  await authorize(app);
  const { entry } = await ask('context', ww.getContext());
  if (!CONTACT_ENTRIES.includes(entry)) return null;
  const { userId } = await ask('contact', ww.getCurExternalContact());
  return { externalUserId: userId, canSend: SENDING_ENTRIES.includes(entry) };
}

/**
 * Sends a text into the chat beside us; to be called from a tap, after `readChat`.
 *
 * @returns false when that chat is with somebody else by now: then nothing is sent.
 * @throws {WxFailure} when WeCom refuses or keeps silent, or people cancel.
 */
export async function sendText(externalUserId: string, content: string): Promise<boolean> {
  const { userId } = await ask('contact', ww.getCurExternalContact());
  if (userId !== externalUserId) return false;
  await ask('send', ww.sendChatMessage({ msgtype: 'text', text: { content } }));
  return true;
}
