import type { Context } from '../../context.ts';

/** What is open for administrators, the latest first. */
export async function listNotices({ notices }: Pick<Context, 'notices'>) {
  const open = await notices.open();
  return {
    notices: open.map(({ kind, subject, text, firstAt, lastAt, times }) => ({
      kind,
      subject,
      text,
      firstAt: firstAt.toISOString(),
      lastAt: lastAt.toISOString(),
      times,
    })),
  };
}
