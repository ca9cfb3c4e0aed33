/** How an account stands against its follow-up rhythm 跟进频率. Source: domain.md §6. */
export const CADENCE_STATES = ['too_soon', 'on_track', 'due_today', 'overdue', 'never_contacted'] as const;
export type CadenceState = (typeof CADENCE_STATES)[number];

/** What set the next date. */
export const DUE_REASONS = ['interval', 'promise', 'new_contact', 'detractor'] as const;
export type DueReason = (typeof DUE_REASONS)[number];
