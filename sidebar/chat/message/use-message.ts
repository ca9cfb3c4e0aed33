import { onMounted, reactive, ref, watch } from 'vue';
import type { CadenceView, Profile } from '../../../server/api/contract/profile.ts';
import { dayAfter } from '../../parts/days.ts';
import { sendText } from '../../parts/wx.ts';
import { checkPush, reportMessage } from '../api.ts';
import { messageBox, type Draft } from './box.ts';
import { openDraft } from './draft.ts';
import { isFinal, notRecorded, notSent, OTHER_CHAT, type Refusal } from './refusal.ts';

/** The first day on which another push is welcome, while it is too soon; else null. Asked anew, as colleagues write too. */
function useTooSoon({ contact, cadence: { welcomeFrom } }: Profile) {
  const until = ref(welcomeFrom && welcomeFrom > dayAfter(0) ? welcomeFrom : null);
  onMounted(async () => {
    const check = await checkPush(contact.externalUserId).catch(() => null);
    if (check) until.value = check.isTooSoon ? check.welcomeFrom : null;
  });
  return until;
}

/**
 * The message being written. First WeCom sends it, then our server hears of it, under one request id until it has confirmed: a
 * retry never sends twice and never counts twice. What is not sent is not told.
 *
 * @param lead how the text begins.
 */
export function useMessage(profile: Profile, lead: string, onSent: (cadence: CadenceView) => void) {
  const { externalUserId } = profile.contact;
  const box = messageBox(externalUserId);
  const draft = reactive<Draft>(openDraft(lead, box.read()));
  const isBusy = ref(false);
  const refusal = ref<Refusal | null>(null);

  watch(draft, (changed) => box.keep(changed), { deep: true });

  const deliver = async () => {
    try {
      draft.isSent = await sendText(externalUserId, draft.text.trim());
      refusal.value = draft.isSent ? null : OTHER_CHAT;
    } catch (error) {
      refusal.value = notSent(error);
    }
  };

  const record = async () => {
    try {
      const { requestId, text } = draft;
      const { cadence } = await reportMessage(externalUserId, { requestId, text });
      box.drop();
      onSent(cadence);
    } catch (error) {
      refusal.value = notRecorded(error);
      if (isFinal(error)) box.drop();
    }
  };

  const send = async () => {
    if (isBusy.value || !draft.text.trim()) return;
    isBusy.value = true;
    refusal.value = null;
    if (!draft.isSent) await deliver();
    if (draft.isSent) await record();
    isBusy.value = false;
  };

  onMounted(() => void (draft.isSent && send()));
  return { draft, isBusy, refusal, tooSoonUntil: useTooSoon(profile), send };
}
