import type { Context } from '../../context.ts';
import type { Invitation, InvitationState } from '../../store/invitations.ts';
import type { LedgerEntry } from '../../store/ledger.ts';

type Needs = Pick<Context, 'invitations' | 'ledger' | 'wecom' | 'now'>;

const HOUR_MS = 3_600_000;

/** What a send result makes of an invitation; waiting ones stay as they are. */
const STATES = { sent: 'sent', not_friend: 'unsendable', too_many: 'unsendable' } as const;

/**
 * Settles one mass message: reads from WeCom who got it. A claim without an answer that is older than an hour is never sent
 * again: WeCom is asked first whether the message was made; if it certainly was not, the rights to ask are given back.
 *
 * @returns how many contacts are now known to have got it.
 */
export async function collectResults(context: Needs, entry: LedgerEntry): Promise<number> {
  const invitations = await context.invitations.ofBatch(entry._id);
  const msgid = entry.msgid ?? (await findMessage(context, entry));
  const staffId = invitations[0]?.staffId;
  if (!msgid || !staffId) return 0;
  const results = await context.wecom.messages.results(msgid, staffId);
  for (const [outcome, state] of Object.entries(STATES)) {
    const ids = results
      .filter((result) => result.outcome === outcome)
      .map(({ externalUserId }) => externalUserId);
    const news = stillOpen(invitations, ids, state);
    if (news.length > 0) await context.invitations.settle(entry._id, state, news);
  }
  return results.filter(({ outcome }) => outcome === 'sent').length;
}

function stillOpen(
  invitations: readonly Invitation[],
  ids: readonly string[],
  state: InvitationState,
): string[] {
  const open = invitations.filter((each) => each.state !== state && each.state !== 'unsendable');
  return open.map(({ externalUserId }) => externalUserId).filter((id) => ids.includes(id));
}

/** The msgid of a claim whose answer was lost; null while it is young, or when it was never made, or may be one that nobody could read. */
async function findMessage(
  { ledger, invitations, wecom, now }: Needs,
  entry: LedgerEntry,
): Promise<string | null> {
  if (now().getTime() - entry.claimedAt.getTime() < HOUR_MS) return null;
  const from = new Date(entry.claimedAt.getTime() - HOUR_MS);
  const { found: proposed, unread } = await wecom.messages.proposed(from, now());
  const marker = `b=${encodeURIComponent(entry._id)}`;
  const found = proposed.find(({ urls }) => urls.some((url) => url.includes(marker)));
  if (found) {
    await ledger.settle(entry._id, 'sent', { msgid: found.msgid });
    await invitations.settle(entry._id, 'proposed');
    return found.msgid;
  }
  if (unread > 0) return null; // one of those may be it
  await invitations.release(entry._id);
  await ledger.settle(entry._id, 'failed', { reason: 'the message was never made' });
  return null;
}
