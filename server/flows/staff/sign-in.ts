import type { Context } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { WecomError } from '../../wecom/client/error.ts';

/** The member who came back, as the directory spells the id; or why nobody did: a code that was used or is too old, a customer. */
export type SignedIn = { staffId: string } | { refused: 'code_expired' | 'not_a_member' };

/**
 * Tells which member came back from WeCom with `code`.
 *
 * @throws {AppError} 503 `wecom_away` when WeCom gives no answer now.
 */
export async function signIn(
  { wecom, staff }: Pick<Context, 'wecom' | 'staff'>,
  code: string,
): Promise<SignedIn> {
  const visitor = await wecom.oauth.visitor(code).catch((cause: unknown) => {
    if (cause instanceof WecomError && !cause.isTransient) return null;
    throw new AppError(503, 'wecom_away', { message: '企业微信暂时没有回应，请稍后再试', cause });
  });
  if (!visitor) return { refused: 'code_expired' };
  if (visitor.kind !== 'staff') return { refused: 'not_a_member' };
  const [staffId = visitor.staffId] = await staff.spelled([visitor.staffId]);
  return { staffId };
}
