import type { Answer } from '../../server/store/answers.ts';

/** An answer that anna asked for in campaign `c`, given at `at`. */
export function anAnswer(
  at: Date,
  more: Pick<Answer, 'externalUserId' | 'accountId' | 'score'> & Partial<Answer>,
): Answer {
  const { campaignId = 'c', externalUserId } = more;
  return {
    _id: `${campaignId}:${externalUserId}`,
    campaignId,
    staffId: 'anna',
    comment: '',
    wantsContact: false,
    answeredAt: at,
    changedAt: at,
    bandAt: at,
    respondent: null,
    isFinished: true,
    corrections: 0,
    version: 0,
    ...more,
  };
}
