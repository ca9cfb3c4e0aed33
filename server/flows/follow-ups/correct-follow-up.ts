import type { Context } from '../../context.ts';
import { calendarDay } from '../../domain/calendar.ts';
import { hasOutcome, isTouch } from '../../domain/follow-ups/follow-up.ts';
import { nextPromiseId } from '../../domain/cadence/past-touches.ts';
import { NEXT_TOUCH, promiseFault } from '../../domain/cadence/promise.ts';
import type { Caller } from '../../domain/staff/staff.ts';
import type { CadenceReport } from '../../domain/cadence/view.ts';
import { AppError } from '../../errors.ts';
import type { Account } from '../../store/account-model.ts';
import type { FollowUp, FollowUpWords } from '../../store/follow-ups.ts';
import { refreshCadence, type CadenceNeeds } from '../cadence/refresh-cadence.ts';

type Needs = Pick<Context, 'audit' | 'followUps' | 'promises' | 'questions'> & CadenceNeeds;

/** The account that was opened for the caller, and a follow-up of theirs; see `load-own-follow-up`. */
type Opened = { account: Account; found: FollowUp };

/**
 * Corrects a follow-up. How it read before is kept with it, and its planned next touch and the account's cadence follow.
 * Source: domain.md §6.
 *
 * @throws {AppError} 409 `changed_meanwhile`; 400 `outcome_missing`, `date_in_the_past` or `date_too_far`.
 */
export async function correctFollowUp(
  context: Needs,
  caller: Caller,
  { account, found, words }: Opened & { words: FollowUpWords },
): Promise<{ id: string; cadence: CadenceReport }> {
  const { followUps, now, site } = context;
  const { cadence } = await context.settings.read();
  const rule = { today: calendarDay(now(), site.timeZone), tier: account.tier, cadence };
  const wrong = words.nextOn && words.nextOn !== found.nextOn ? promiseFault(words.nextOn, rule) : null;
  if (wrong) throw new AppError(400, wrong.code, { message: wrong.message });
  const fields = { ...words, isTouch: await touchOf(context, found, words) };
  if (!(await followUps.correct(found, fields, { at: now(), was: wordsOf(found) })))
    throw new AppError(409, 'changed_meanwhile', { message: '这条跟进刚刚已被更正或撤回，请刷新' });
  await movePromise(context, caller, { found, words });
  await note(context, caller, { found, words });
  return { id: found._id, cadence: await refreshCadence(context, account) };
}

/** Whether it is a touch as it reads now. */
async function touchOf({ questions }: Needs, found: FollowUp, words: FollowUpWords): Promise<boolean> {
  const hasQuestions = (await questions.countOf(found.accountId, found._id)) > 0;
  const logged = { ...words, hasQuestions };
  if (hasOutcome(logged)) return isTouch(logged);
  throw new AppError(400, 'outcome_missing', { message: '请选择跟进结果，或写一句聊了什么' });
}

/** What of a follow-up may be corrected. */
const wordsOf = (found: FollowUp): FollowUpWords => ({
  channel: found.channel,
  outcome: found.outcome,
  level: found.level ?? null,
  participants: found.participants ?? [],
  purpose: found.purpose,
  notes: found.notes,
  promises: found.promises ?? '',
  nextStep: found.nextStep,
  nextOn: found.nextOn,
});

type Corrected = { found: FollowUp; words: FollowUpWords };

/** The planned next touch is the follow-up's own: it moves with it, unless it has ended meanwhile. */
async function movePromise({ promises, now }: Needs, { staffId }: Caller, { found, words }: Corrected) {
  const _id = nextPromiseId(found._id);
  const { accountId, externalUserId } = found;
  if (!words.nextOn) {
    const end = {
      state: 'withdrawn' as const,
      endedAt: now(),
      endedBy: staffId,
      endedIn: null,
      movedTo: null,
    };
    await promises.end({ _id, accountId }, end);
    return;
  }
  const said = { text: words.nextStep || NEXT_TOUCH, day: words.nextOn };
  await promises.make([
    { _id, accountId, externalUserId, madeAt: now(), madeBy: staffId, madeIn: found._id, ...said },
  ]);
  await promises.reword(_id, said);
}

const factsOf = ({ channel, outcome, nextOn }: FollowUpWords) => ({ channel, outcome, nextOn });

/** Which fields changed, and what moves dates; the words stand with the follow-up. */
async function note({ audit, now }: Needs, { staffId }: Caller, { found, words }: Corrected): Promise<void> {
  const before = wordsOf(found);
  const changed = Object.entries(words).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof FollowUpWords]),
  );
  const to = { ...factsOf(words), changed: changed.map(([name]) => name) };
  const subject = `account:${found.accountId}`;
  const from = { id: found._id, ...factsOf(before) };
  await audit.note([{ by: staffId, at: now(), act: 'follow_up.correct', subject, from, to }]);
}
