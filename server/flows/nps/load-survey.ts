import type { Context } from '../../context.ts';
import { invitationId, SURVEY_SEAL } from '../../domain/nps/nps.ts';
import { AppError } from '../../errors.ts';
import { WecomError } from '../../wecom/client/error.ts';

/**
 * Finds out by WeCom OAuth who opened a campaign's link, and gives their personal token.
 *
 * @throws {AppError} 400 `code_expired`; 403 `not_invited` for staff, strangers and contacts who were not asked.
 */
export async function loadSurvey(
  { wecom, invitations, signer }: Pick<Context, 'wecom' | 'invitations' | 'signer'>,
  { campaignId, code }: { campaignId: string; code: string },
): Promise<{ token: string; externalUserId: string }> {
  const visitor = await wecom.oauth.visitor(code).catch((cause: unknown) => {
    if (!(cause instanceof WecomError) || cause.isTransient) throw cause;
    throw new AppError(400, 'code_expired', { message: '页面已过期，请从聊天中重新打开', cause });
  });
  const invitation =
    visitor.kind === 'contact'
      ? await invitations.find(invitationId(campaignId, visitor.externalUserId))
      : null;
  if (!invitation)
    throw new AppError(403, 'not_invited', { message: '这份问卷只发给受邀的客户，感谢您的关注' });
  const { _id, externalUserId } = invitation;
  return { token: signer.seal(SURVEY_SEAL, _id), externalUserId };
}
