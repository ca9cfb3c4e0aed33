import type { Context } from '../server/context.ts';

/** What one run did: numbers by name. */
export type Tally = Record<string, number>;

/** How a run was started; `byHand` without a time of its own ignores holidays, because somebody asked for it now. */
export type RunMode = { byHand: boolean };

/** Work that is due by the clock. `cron` has a leading field of seconds and is read in the corp's time zone. */
export type Job = {
  name: string;
  cron: string;
  run: (context: Context, mode: RunMode) => Promise<Tally>;
  /** False for a tally that somebody should look at: the run then does not count as good. */
  isGood?: (tally: Tally) => boolean;
  /** Calls of WeCom end by then, and repeat themselves until then; half an hour when left out. */
  deadlineMs?: number;
};
