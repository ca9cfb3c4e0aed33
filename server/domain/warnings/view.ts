import { WARNING_NAMES, type WarningKind, type WarningLevel, type WarningState } from './kinds.ts';
import type { WarningWhy } from './facts.ts';

/** What is shown of a warning. */
export type ShownWarning = WarningWhy & {
  _id: string;
  kind: WarningKind;
  level: WarningLevel;
  state: WarningState;
  text: string;
  contactId: string | null;
  heirId: string | null;
  raisedAt: Date;
  seenAt: Date;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  resolvedAt: Date | null;
  resolvedBy: string | null;
  note: string;
};

/** Where to go about a warning: the contact in the sidebar, else the console. */
export const warningLink = ({ contactId }: Pick<ShownWarning, 'contactId'>, publicUrl: string): string =>
  contactId ? `${publicUrl}/sidebar/?contact=${encodeURIComponent(contactId)}` : `${publicUrl}/console/`;

type Beside = {
  account: { _id: string; name: string; ownerId: string | null };
  nameOf: (staffId: string) => string;
  publicUrl: string;
};

/** A warning as pages get it; times in ISO 8601 UTC. */
export function warningView(warning: ShownWarning, { account, nameOf, publicUrl }: Beside) {
  const person = (staffId: string | null) => (staffId ? { staffId, name: nameOf(staffId) } : null);
  const { _id: id, kind, level, state, text, inputs, boundary, note } = warning;
  return {
    id,
    kind,
    kindName: WARNING_NAMES[kind],
    level,
    state,
    text,
    why: { inputs, boundary },
    account: { id: account._id, name: account.name },
    owner: person(account.ownerId),
    heir: person(warning.heirId),
    raisedAt: warning.raisedAt.toISOString(),
    seenAt: warning.seenAt.toISOString(),
    acknowledgedAt: warning.acknowledgedAt?.toISOString() ?? null,
    acknowledgedBy: person(warning.acknowledgedBy),
    resolvedAt: warning.resolvedAt?.toISOString() ?? null,
    resolvedBy: person(warning.resolvedBy),
    note,
    link: warningLink(warning, publicUrl),
  };
}
