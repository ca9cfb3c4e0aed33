import type { Context } from '../../context.ts';
import type { NewNotice } from '../../store/notices.ts';

/** Closes a notice at that time; nothing happens when none is open. Repeatable. */
export const resolveNotice = (
  { notices }: Pick<Context, 'notices'>,
  { kind, subject }: Pick<NewNotice, 'kind' | 'subject'>,
  at: Date,
): Promise<void> => notices.resolve(kind, subject, at);
