import { z } from 'zod';
import { MEMBERS, accountTo } from './access.ts';
import { askedDay } from './days.ts';
import { PostFollowUp } from './profile.ts';
import { DetractorShape, FollowUpShape, PromiseShape, QuestionShape } from './talks.ts';

/**
 * `POST /api/v1/accounts/:accountId/follow-ups`: the same for an account, also one of which nobody is known in WeCom.
 * 400 `not_in_account`. While it is in the pool nobody logs: 403 `claim_first` for who gets but its basics, 409 `not_owned` for
 * who may read it (who follows a contact, who manages who had it, administrators).
 */
export const PostAccountFollowUp = {
  access: MEMBERS,
  load: accountTo('talk'),
  params: z.object({ accountId: z.string().min(1).max(128) }),
  query: z.object({}),
  body: PostFollowUp.body.extend({
    /** Who was spoken to; null: nobody in particular. */
    externalUserId: z.string().min(1).max(64).nullable().default(null),
  }),
  answer: PostFollowUp.answer,
};
export type AccountFollowUpDraft = z.input<typeof PostAccountFollowUp.body>;

/** `GET /api/v1/accounts/:accountId/follow-ups`: the latest 20, the newest first, and what waits: promises, questions, bad marks, the oldest first. */
export const GetAccountFollowUps = {
  access: MEMBERS,
  load: accountTo('read'),
  params: PostAccountFollowUp.params,
  query: z.object({}),
  body: z.object({}),
  answer: z.object({
    followUps: z.array(FollowUpShape),
    promises: z.array(PromiseShape),
    questions: z.array(QuestionShape),
    detractors: z.array(DetractorShape),
  }),
};
export type AccountTalks = z.infer<typeof GetAccountFollowUps.answer>;

const OwnFollowUp = z.object({
  accountId: PostAccountFollowUp.params.shape.accountId,
  followUpId: z.string().min(1).max(200),
});
const nothing = z.object({});

/**
 * `POST /api/v1/accounts/:accountId/follow-ups/:followUpId/correct`: by its author, for 24 hours; the whole of its words. 403
 * `not_the_author`; 409 `too_late`, `is_message`, `changed_meanwhile`; 404 `follow_up_not_found`.
 */
export const PostCorrection = {
  access: MEMBERS,
  load: accountTo('read'),
  params: OwnFollowUp,
  query: nothing,
  body: PostFollowUp.body.pick({
    channel: true,
    outcome: true,
    level: true,
    participants: true,
    purpose: true,
    notes: true,
    promises: true,
    nextStep: true,
    nextOn: true,
  }),
  answer: PostFollowUp.answer,
};
export type Correction = z.input<typeof PostCorrection.body>;

/** `POST /api/v1/accounts/:accountId/follow-ups/:followUpId/take-back`: with all that followed from it. The same refusals. */
export const PostTakeBack = {
  access: MEMBERS,
  load: accountTo('read'),
  params: OwnFollowUp,
  query: nothing,
  body: nothing,
  answer: PostFollowUp.answer,
};

/** `POST /api/v1/accounts/:accountId/promises/:promiseId/settle`. 404 `promise_not_found`; 409 `promise_ended`; 400 as above. */
export const PostPromise = {
  access: MEMBERS,
  load: accountTo('talk'),
  params: z.object({
    accountId: OwnFollowUp.shape.accountId,
    promiseId: z.string().min(1).max(200),
  }),
  query: nothing,
  body: z.object({
    act: z.enum(['kept', 'moved', 'withdrawn']),
    /** The new day of one that is moved. */
    day: askedDay.nullable().default(null),
  }),
  answer: PostFollowUp.answer,
};
export type PromiseSettlement = z.input<typeof PostPromise.body>;

/** `POST /api/v1/accounts/:accountId/questions/:questionId/reopen`: undoes the caller's own answer of just now. 409 `too_late`. */
export const PostReopen = {
  access: MEMBERS,
  load: accountTo('talk'),
  params: z.object({
    accountId: OwnFollowUp.shape.accountId,
    questionId: z.string().min(1).max(200),
  }),
  query: nothing,
  body: nothing,
  answer: PostFollowUp.answer,
};

/** `POST /api/v1/accounts/:accountId/detractors/:answerId/close`: with cause and action. 409 `loop_closed`. */
export const PostClosure = {
  access: MEMBERS,
  load: accountTo('talk'),
  params: z.object({
    accountId: OwnFollowUp.shape.accountId,
    answerId: z.string().min(1).max(200),
  }),
  query: nothing,
  body: z.object({
    cause: z.string().trim().min(1, '请填写原因').max(500),
    action: z.string().trim().min(1, '请填写采取的措施').max(500),
  }),
  answer: PostFollowUp.answer,
};
export type ClosureInput = z.input<typeof PostClosure.body>;
