import type { AuditVerified, AuditView } from '../../../server/api/contract/audit.ts';
import { call } from '../../parts/api.ts';

/** Which entries to list; days are those of the person who looks, both included. '' does not narrow. */
export type AuditFilter = { subject: string; by: string; fromDay: string; toDay: string };

const VERIFY_LIMIT_MS = 120_000;
const DAY_MS = 86_400_000;
const startOf = (day: string) => new Date(`${day}T00:00:00`);

/** A page of the log, the latest first. */
export function readAudit({ subject, by, fromDay, toDay }: AuditFilter, cursor?: string): Promise<AuditView> {
  const asked = {
    subject: subject.trim(),
    by: by.trim(),
    from: fromDay && startOf(fromDay).toISOString(),
    to: toDay && new Date(startOf(toDay).getTime() + DAY_MS).toISOString(),
    cursor: cursor ?? '',
  };
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value));
  return call<AuditView>(`/audit?${query}`);
}

/** Looks through the whole log. */
export const verifyAudit = () =>
  call<AuditVerified>('/audit/verify', undefined, { limitMs: VERIFY_LIMIT_MS });
