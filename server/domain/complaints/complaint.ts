import type { Channel } from '../follow-ups/follow-up.ts';

/** What a customer complained about 投诉: open until somebody says what the cause was and what was done. Source: domain.md §12. */
export type Complaint = {
  _id: string;
  accountId: string;
  externalUserId: string | null; // who complained; null: nobody in particular
  channel: Channel;
  text: string;
  openedAt: Date;
  openedBy: string; // staff id
  closedAt: Date | null; // null while it is open
  closedBy: string | null;
  cause: string;
  action: string;
};

/** Which complaints a list shows. */
export const COMPLAINT_STATES = ['open', 'closed', 'all'] as const;
export type ComplaintState = (typeof COMPLAINT_STATES)[number];

type Names = { staff: ReadonlyMap<string, string>; contacts: ReadonlyMap<string, string> };

/** A complaint as pages get it; times in ISO 8601 UTC. Who is not known any more goes by the id. */
export function complaintView(complaint: Complaint, { staff, contacts }: Names) {
  const person = (staffId: string) => ({ staffId, name: staff.get(staffId) ?? staffId });
  const { _id: id, accountId, externalUserId, channel, text, cause, action, closedBy } = complaint;
  return {
    id,
    accountId,
    contact: externalUserId ? { externalUserId, name: contacts.get(externalUserId) ?? '' } : null,
    channel,
    text,
    openedAt: complaint.openedAt.toISOString(),
    openedBy: person(complaint.openedBy),
    closedAt: complaint.closedAt?.toISOString() ?? null,
    closedBy: closedBy ? person(closedBy) : null,
    cause,
    action,
  };
}
