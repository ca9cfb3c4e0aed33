import type { Context } from '../../context.ts';

/** What happened in them is kept so many days after they came; failed ones keep it until they go themselves. */
const FIELDS_DAYS = 7;
const DAY_MS = 24 * 3_600_000;

/** Removes the contents of events that were done or ignored a week ago. @returns of how many */
export async function tidyEvents({ inbox, now }: Pick<Context, 'inbox' | 'now'>): Promise<number> {
  return inbox.removeFields(new Date(now().getTime() - FIELDS_DAYS * DAY_MS));
}
