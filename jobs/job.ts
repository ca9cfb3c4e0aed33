import type { Context } from '../server/context.ts';

/** What one run did: numbers by name. */
export type Tally = Record<string, number>;

/** How a run was started; `byHand` without a time of its own ignores holidays, because somebody asked for it now. */
export type RunMode = { byHand: boolean };

/**
 * What becomes of a run whose time passed while nobody was there: it is made up for on the same day until that time of the clock
 * (HH:MM), or not at all (null), for a job whose next run comes soon anyway. Nothing of yesterday is made up for.
 */
export type CatchUp = { until: string } | null;

/** Computing may be late; its next run comes tomorrow. */
export const ALL_DAY: CatchUp = { until: '24:00' };
/** Late, but not at night: people are written to. */
export const UNTIL_EVENING: CatchUp = { until: '21:00' };
/** The next run comes within the hour. */
export const COMES_SOON: CatchUp = null;

/** Work that is due by the clock. `cron` has a leading field of seconds and is read in the corp's time zone. */
export type Job = {
  name: string;
  cron: string;
  catchUp: CatchUp;
  run: (context: Context, mode: RunMode) => Promise<Tally>;
  /** False for a tally that somebody should look at: the run then does not count as good. */
  isGood?: (tally: Tally) => boolean;
  /** Calls of WeCom end by then, and repeat themselves until then; half an hour when left out. */
  deadlineMs?: number;
};
