import type { Context } from '../../context.ts';

/** Somebody who was not let in. `by`: the member or key that was named, or `NOBODY`. */
export type Refusal = {
  act: 'session.refuse' | 'sign-in.refuse' | 'key.refuse';
  by: string;
  subject: string;
  reason: string;
  status: number;
  requestId: string; // the line of the log
};

/** Who is on record when it is not known who asked. */
export const NOBODY = 'anonymous';

const WINDOW_MS = 60_000;

/**
 * Keeps that somebody was not let in. A flood writes little: the 1st, 10th, 100th … of the same kind within a minute, each
 * telling how many there were.
 */
export async function noteRefusal(
  { audit, shared, now }: Pick<Context, 'audit' | 'shared' | 'now'>,
  { act, by, subject, reason, status, requestId }: Refusal,
): Promise<void> {
  const count = await shared.count(`refused:${act}:${subject}:${reason}`, WINDOW_MS);
  if (!/^10*$/.test(String(count))) return;
  await audit.note([{ by, at: now(), act, subject, from: null, to: { reason, count, requestId }, status }]);
}
