/** Limits of the further API families, and what sources disagree about. Source: wecom.md §3.5–3.14, §4.1. */
export type VolumeRules = {
  /** Contact ways and join ways together. */
  contactWays: number;
  /** Temporary contact ways per day; 0 where the corp is not of the medical trade. */
  tempContactWaysPerDay: number;
  welcomeTemplates: number;
  groupMembers: number;
  /** Above so many members in sight, groups are listed by owner only. */
  ownersWithoutFilter: number;
  customersPerMember: number;
  /** From the start of a transfer until it takes effect. */
  transferSeconds: number;
  momentsPerMinute: number;
  /** How long a moment task is being made. */
  momentSeconds: number;
  /** How long a mass message is being dispatched (41063). */
  dispatchSeconds: number;
  /** Uses of acquisition links that the corp starts with. */
  linkUses: number;
  imageBytes: number;
  picturesPerDay: number;
  picturesPerMonth: number;
  /** Appids of the mini programs that are linked to the corp. */
  miniPrograms: readonly string[];
  /** Another app that welcomes the same customers: it takes a second (41096), or is always first (41051). */
  rivalApp: 'none' | 'slow' | 'first';
};

/** The platform's usual behaviour. */
export const USUAL_VOLUMES: Readonly<VolumeRules> = {
  contactWays: 500_000,
  tempContactWaysPerDay: 100_000,
  welcomeTemplates: 100,
  groupMembers: 500,
  ownersWithoutFilter: 1000,
  customersPerMember: 5000,
  transferSeconds: 86_400,
  momentsPerMinute: 10,
  momentSeconds: 0,
  dispatchSeconds: 0,
  linkUses: 100,
  imageBytes: 10_485_760,
  picturesPerDay: 1000,
  picturesPerMonth: 3000,
  miniPrograms: ['wx1234567890abcdef'],
  rivalApp: 'none',
};
