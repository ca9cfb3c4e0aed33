import { onMounted, onScopeDispose, reactive, ref, shallowRef } from 'vue';
import type { Survey } from '../../server/api/contract/survey.ts';
import { ApiError } from '../parts/api.ts';
import { readSurvey } from './api.ts';
import { createDelivery } from './deliver.ts';
import { SURVEY } from './texts.ts';

/** What the page shows: the two steps, the thanks, or why there is nothing to answer. */
export type View =
  'waiting' | 'score' | 'why' | 'thanks' | 'given' | 'closed' | 'foreign' | 'unknown' | 'offline';

/** What the customer has said so far; `score` is null before the first tap. */
export type Answer = { score: number | null; comment: string; wantsContact: boolean };

/** The last part of the path, `/s/:token`, as it stands there. */
const tokenInAddress = () => location.pathname.split('/').filter(Boolean).pop() ?? '';

/** Where a refusal leads that no retry mends. A token that is too long to be ours is refused as a parameter. */
const ENDS: Readonly<Record<string, View>> = {
  survey_closed: 'closed',
  survey_not_found: 'unknown',
  invalid_params: 'unknown',
  answered_by_another: 'foreign',
  already_answered: 'given',
  too_many_corrections: 'given',
};

/** Where a failed call leads; null means that the page can stay as it is. */
const endOf = (error: unknown): View | null =>
  error instanceof ApiError ? (ENDS[error.code] ?? null) : null;

/** Why an answer did not arrive, and that it is not lost. */
const faultText = (error: unknown): string =>
  error instanceof ApiError ? SURVEY.refused(error.message) : SURVEY.unsent;

/** Where somebody comes in: a bare score that can be changed still lacks its reason. */
function viewOf({ state, comment, wantsContact, canCorrect }: Survey): View {
  if (state === 'open') return 'score';
  if (state !== 'answered') return state;
  return comment || wantsContact || !canCorrect ? 'thanks' : 'why';
}

/** What a questionnaire consists of while it is open. */
const createState = () => ({
  view: ref<View>('waiting'),
  /** What the server last said; null before that. */
  survey: shallowRef<Survey | null>(null),
  answer: reactive<Answer>({ score: null, comment: '', wantsContact: false }),
  /** Why the last call did not work, in words; empty when it did. */
  fault: ref(''),
  isSubmitting: ref(false),
  delivery: createDelivery(tokenInAddress()),
});
type State = ReturnType<typeof createState>;

/** Makes one call and takes in what comes of it; `false` when it did not work. */
async function attempt(state: State, work: () => Promise<Survey | null>): Promise<boolean> {
  const { view, survey, fault, delivery } = state;
  fault.value = '';
  try {
    survey.value = (await work()) ?? survey.value;
    return true;
  } catch (error) {
    const end = endOf(error);
    if (end) delivery.forget();
    view.value = end ?? view.value;
    fault.value = faultText(error);
    return false;
  }
}

/** Opens the questionnaire; an answer that is still in the phone goes before the server's. */
async function load(state: State): Promise<void> {
  const { view, survey, answer, delivery } = state;
  const kept = delivery.waiting();
  view.value = 'waiting';
  const isRead = await attempt(state, () => readSurvey(tokenInAddress()));
  if (!isRead || !survey.value) {
    Object.assign(answer, kept);
    if (view.value === 'waiting') view.value = 'offline';
    return;
  }
  const { score, comment, wantsContact } = survey.value;
  Object.assign(answer, { score, comment, wantsContact }, kept);
  view.value = viewOf(survey.value);
  if (view.value === 'closed' || view.value === 'foreign') return delivery.forget();
  if (!kept) return;
  view.value = 'why';
  await attempt(state, delivery.flush);
}

/** The questionnaire: a score is sent at the tap, and can be corrected a few times until the campaign closes. */
export function useSurvey() {
  const state = createState();
  const { view, survey, answer, fault, isSubmitting, delivery } = state;

  const send = (score: number, isFinal: boolean) =>
    attempt(state, () =>
      delivery.send({ score, comment: answer.comment, wantsContact: answer.wantsContact, isFinal }),
    );

  const rate = (score: number) => {
    answer.score = score;
    view.value = 'why';
    // Without a cookie nobody could tell that the rest comes from the same customer: it goes in one piece.
    if (navigator.cookieEnabled) void send(score, false);
  };

  const submit = async () => {
    if (answer.score === null || isSubmitting.value) return;
    isSubmitting.value = true;
    if ((await send(answer.score, true)) && view.value === 'why') view.value = 'thanks';
    isSubmitting.value = false;
  };

  const backOnline = () => {
    if (view.value === 'offline') void load(state);
    else if (delivery.waiting()) void attempt(state, delivery.flush);
  };

  onMounted(() => load(state));
  window.addEventListener('online', backOnline);
  onScopeDispose(() => window.removeEventListener('online', backOnline));
  return { view, survey, answer, fault, isSubmitting, load: () => load(state), rate, submit };
}
