import { onMounted, reactive, ref, watch } from 'vue';
import type { CadenceView, Profile } from '../../../server/api/contract/profile.ts';
import { sendText } from '../../parts/wx.ts';
import { checkPush, reportMessage } from '../api.ts';
import { messageBox, type Draft } from './box.ts';
import { openDraft } from './draft.ts';
import { isFinal, notRecorded, notSent, OTHER_CHAT, type Refusal } from './refusal.ts';

type Question = Profile['questions'][number];
type OnSent = (cadence: CadenceView, answeredId: string | null) => void;

/** The first day on which another push is welcome, while it is too soon; else null. Asked anew, as colleagues write too. */
function useTooSoon({ contact, cadence: { state, welcomeFrom } }: Profile, isAnswer: boolean) {
  const until = ref(state === 'too_soon' && !isAnswer ? welcomeFrom : null);
  onMounted(async () => {
    if (isAnswer) return; // an answer is never too soon
    const check = await checkPush(contact.externalUserId).catch(() => null);
    if (check) until.value = check.isTooSoon ? check.welcomeFrom : null;
  });
  return until;
}

/**
 * The message being written. First WeCom sends it, then our server hears of it, under one request id until it has confirmed: a
 * retry never sends twice and never counts twice. What is not sent is not told.
 *
 * @param question what the message answers, and so closes; null: nothing.
 */
export function useMessage(profile: Profile, question: Question | null, onSent: OnSent) {
  const { externalUserId } = profile.contact;
  const box = messageBox(externalUserId);
  const draft = reactive<Draft>(openDraft(question, box.read()));
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
      const { requestId, text, answersId = null } = draft;
      const { cadence } = await reportMessage(externalUserId, { requestId, text, answersId });
      box.drop();
      onSent(cadence, answersId);
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
  return { draft, isBusy, refusal, tooSoonUntil: useTooSoon(profile, question !== null), send };
}
