import type { Profile } from '../../../server/api/contract/profile.ts';
import { dayText } from '../days.ts';
import { CHANNEL, OUTCOME, TALK_LEVEL } from '../texts.ts';
import { FOLLOW_UPS } from './texts.ts';

type FollowUp = Profile['followUps'][number];

/** The people of one side, with their titles. */
const peopleText = ({ participants }: FollowUp, wanted: 'theirs' | 'ours'): string =>
  participants
    .filter(({ side }) => side === wanted)
    .map(({ name, title }) => (title ? FOLLOW_UPS.person(name, title) : name))
    .join('、');

/** How, on which level, by whom and with whom, in one line. */
export const followUpLine = ({ channel, level, staffName, contactName }: FollowUp): string =>
  [CHANNEL[channel], level && FOLLOW_UPS.level(TALK_LEVEL[level]), staffName, contactName]
    .filter(Boolean)
    .join(' · ');

/** What else was noted of a follow-up, as labels and values; what nobody noted is left out. A message promises nothing. */
export function followUpRows(one: FollowUp): (readonly [string, string])[] {
  const rows = [
    [FOLLOW_UPS.outcome, one.outcome ? OUTCOME[one.outcome] : ''],
    [FOLLOW_UPS.theirs, peopleText(one, 'theirs')],
    [FOLLOW_UPS.ours, peopleText(one, 'ours')],
    [FOLLOW_UPS.promises, one.promises],
    [FOLLOW_UPS.next, one.nextStep],
    [FOLLOW_UPS.promised, one.nextOn && !one.isMessage ? dayText(one.nextOn) : ''],
  ] as const;
  return rows.filter(([, value]) => value);
}
