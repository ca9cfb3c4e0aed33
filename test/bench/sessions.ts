import type { Context } from '../../server/context.ts';
import { beginSession } from '../../server/flows/sessions/begin-session.ts';

/** The cookie that signing in would give each of these members, begun once for each. */
export async function cookiesOf(
  context: Context,
  staffIds: readonly string[],
): Promise<(staffId: string) => string> {
  const cookies = new Map<string, string>();
  for (const staffId of new Set(staffIds)) {
    const id = await beginSession(context, staffId);
    cookies.set(staffId, `genjin_session=${context.signer.seal('session', id)}`);
  }
  return (staffId) => cookies.get(staffId) ?? '';
}
