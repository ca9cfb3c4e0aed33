import type { Context } from '../../context.ts';
import { SURVEY_SEAL } from '../../domain/nps/nps.ts';
import { AppError } from '../../errors.ts';
import type { Campaign } from '../../store/campaigns.ts';
import type { Invitation } from '../../store/invitations.ts';

/** An invitation with the campaign it belongs to. */
export type Invited = { invitation: Invitation; campaign: Campaign };

/**
 * The invitation for which a personal survey token was made.
 *
 * @throws {AppError} 404 `survey_not_found` for a token that is not ours, or whose invitation is gone.
 */
export async function findInvitation(
  { signer, invitations, campaigns }: Pick<Context, 'signer' | 'invitations' | 'campaigns'>,
  token: string,
): Promise<Invited> {
  const id = signer.open(SURVEY_SEAL, token);
  const invitation = id ? await invitations.find(id) : null;
  const campaign = invitation && (await campaigns.find(invitation.campaignId));
  if (campaign) return { invitation, campaign };
  throw new AppError(404, 'survey_not_found', { message: '链接无效，请从聊天中重新打开' });
}
