import { shallowRef, watch, type Ref } from 'vue';
import { isWithPerson, type ChatKey } from './chats.ts';
import { bareId, customerPerson, isCustomer } from './person.ts';
import type { PersonId } from './control.ts';
import { fieldOf, lineOf, type Line } from './native-line.ts';
import { SIDE } from './texts.ts';

/** What a native API answers; `err_msg` is `name:ok` or `name:fail …` as in WeCom. */
export type NativeAnswer = { err_msg: string } & Record<string, unknown>;

/** What the bridge inside a frame finds as `parent.sandboxClient`. */
type SandboxClient = {
  readonly kind: 'wecom' | 'wechat';
  invoke: (name: string, params: unknown) => NativeAnswer | Promise<NativeAnswer>;
};

/** How the page in the side panel fared with its JS-SDK signature. */
export type Signature = { is: 'unknown' } | { is: 'good' } | { is: 'bad'; reason: string };

type Surroundings = {
  person: Readonly<Ref<PersonId | null>>;
  openKey: Readonly<Ref<ChatKey | null>>;
  say: (line: Line) => Promise<void>;
  /** False when the person is none of the member's customers. */
  openProfile: (customer: PersonId) => boolean;
};

const failed = (name: string, why: string): NativeAnswer => ({ err_msg: `${name}:fail ${why}` });

const customerKey = (key: ChatKey | null): PersonId | null =>
  isWithPerson(key) && isCustomer(key) ? key : null;

type Native = (params: unknown) => NativeAnswer | Promise<NativeAnswer>;

function nativeApis({ openKey, say, openProfile }: Surroundings): Record<string, Native> {
  return {
    getContext: () => ({
      err_msg: 'getContext:ok',
      entry: customerKey(openKey.value) ? 'single_chat_tools' : 'normal',
    }),
    getCurExternalContact: () => {
      const key = customerKey(openKey.value);
      if (key === null) return failed('getCurExternalContact', 'without context of external contact');
      return { err_msg: 'getCurExternalContact:ok', userId: bareId(key) };
    },
    sendChatMessage: async (params) => {
      const line = lineOf(params);
      if (line === null) return failed('sendChatMessage', 'not supported');
      if (customerKey(openKey.value) === null)
        return failed('sendChatMessage', 'without context of external contact');
      await say(line);
      return { err_msg: 'sendChatMessage:ok' };
    },
    openUserProfile: (params) => {
      const userId = fieldOf(params, 'userid');
      const isShown = userId !== null && openProfile(customerPerson(userId));
      return isShown ? { err_msg: 'openUserProfile:ok' } : failed('openUserProfile', 'not supported');
    },
  };
}

function judged(answer: unknown): Signature {
  const verdict = fieldOf(answer, 'err_msg') ?? fieldOf(answer, 'errMsg');
  if (verdict === null) return { is: 'unknown' };
  if (verdict.endsWith(':ok')) return { is: 'good' };
  return { is: 'bad', reason: fieldOf(answer, 'detail') ?? verdict };
}

/** A page that may call native APIs does so at once; without the bridge's own word this is how long a failure takes to show. */
const VERDICT_MS = 4000;

/** Puts `window.sandboxClient` in place, through which framed pages reach the "native" client. */
export function useBridge(surroundings: Surroundings, round: Readonly<Ref<unknown>>) {
  const signature = shallowRef<Signature>({ is: 'unknown' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(round, () => {
    clearTimeout(timer);
    signature.value = { is: 'unknown' };
  });
  const apis = nativeApis(surroundings);
  const client: SandboxClient = {
    get kind() {
      return surroundings.person.value !== null && isCustomer(surroundings.person.value) ? 'wechat' : 'wecom';
    },
    invoke: (name, params) => {
      // The bridge checks agentConfig itself and only reports the outcome here.
      if (name === 'agentConfig') {
        signature.value = judged(params);
        return { err_msg: 'agentConfig:ok' };
      }
      // Without a good agentConfig the bridge lets no other call through.
      if (client.kind === 'wecom') signature.value = { is: 'good' };
      const api = surroundings.person.value === null || client.kind === 'wechat' ? undefined : apis[name];
      return api ? api(params) : failed(name, 'not supported');
    },
  };
  Object.assign(window, { sandboxClient: client });
  const expectVerdict = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (signature.value.is === 'unknown') signature.value = { is: 'bad', reason: SIDE.refused };
    }, VERDICT_MS);
  };
  return { signature, expectVerdict };
}
