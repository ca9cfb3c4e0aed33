/** The three bands of an answer. Source: domain.md §11. */
export const NPS_GROUPS = ['promoter', 'passive', 'detractor'] as const;
export type NpsGroup = (typeof NPS_GROUPS)[number];

/** Under so many answers counts are shown instead of a score. Source: domain.md §11. */
const SMALLEST_SAMPLE = 10;
const Z_95 = 1.96;

/**
 * Sorts one answer: 0–6 detractor, 7–8 passive, 9–10 promoter.
 *
 * @throws {RangeError} for anything but a whole number from 0 to 10, so that a 6.5 cannot fall between two groups.
 * @see Reichheld, "The One Number You Need to Grow", HBR, December 2003.
 */
export function npsGroup(score: number): NpsGroup {
  if (!Number.isInteger(score) || score < 0 || score > 10)
    throw new RangeError(`${score} is not a score from 0 to 10`);
  if (score >= 9) return 'promoter';
  return score >= 7 ? 'passive' : 'detractor';
}

/** How many gave each kind of answer. */
export type NpsCounts = { promoters: number; passives: number; detractors: number };

/** Counts with the score (−100..100) and its 95 % margin in points, rounded to whole ones; both null under 10 answers. */
export type NpsFigure = NpsCounts & { n: number; score: number | null; margin: number | null };

/** Contacts in messages of a campaign, and those to whom the member sent theirs. */
export type Asked = { sent: number; delivered: number };

/** Counts answers; skipped and repeated ones must not be among them. */
export function npsCounts(scores: Iterable<number>): NpsCounts {
  const counts: NpsCounts = { promoters: 0, passives: 0, detractors: 0 };
  for (const score of scores) counts[`${npsGroup(score)}s`] += 1;
  return counts;
}

/**
 * NPS with its interval. `asked` (everybody who was asked, null: unknown) narrows it when most of them answered.
 * Source: domain.md §11: margin = 1.96 × √((p + d − (p − d)²) ÷ n) × √((N − n) ÷ (N − 1)).
 */
export function npsFigure(counts: NpsCounts, asked: number | null): NpsFigure {
  const n = counts.promoters + counts.passives + counts.detractors;
  if (n < SMALLEST_SAMPLE) return { ...counts, n, score: null, margin: null };
  const [p, d] = [counts.promoters / n, counts.detractors / n];
  const margin = Z_95 * Math.sqrt((p + d - (p - d) ** 2) / n) * finiteFactor(n, asked);
  const score = Math.round(((counts.promoters - counts.detractors) * 100) / n) + 0; // + 0: never −0
  return { ...counts, n, score, margin: Math.round(margin * 100) };
}

function finiteFactor(n: number, asked: number | null): number {
  if (asked === null || asked <= 1 || asked < n) return 1;
  return Math.sqrt((asked - n) / (asked - 1));
}

/** A contact is asked again after so many days: by the same programme, and by any. Source: domain.md §11. */
export const QUIET_DAYS = { sameProgramme: 180, anyProgramme: 30 };

/** A campaign closes after so many days. Source: domain.md §11. */
export const CAMPAIGN_DAYS = 14;

/** At most so many contacts are asked per staff and day. */
export const ASKS_PER_STAFF_AND_DAY = 50;

/** The id of an invitation, and of the answer to it: one per campaign and contact. */
export const invitationId = (campaignId: string, externalUserId: string) => `${campaignId}:${externalUserId}`;

/** What a personal survey link is sealed for, so that no other sealed text opens a survey. */
export const SURVEY_SEAL = 'survey';
