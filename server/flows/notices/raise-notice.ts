import type { Context } from '../../context.ts';
import type { NewNotice } from '../../store/notices.ts';

/** Tells administrators what is wrong since `at`; the same again is counted. */
export const raiseNotice = (
  { notices }: Pick<Context, 'notices'>,
  notice: NewNotice,
  at: Date,
): Promise<void> => notices.raise(notice, at);
