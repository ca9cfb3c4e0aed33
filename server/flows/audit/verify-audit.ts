import type { Context } from '../../context.ts';
import type { AuditReport } from '../../domain/audit.ts';

/** Looks through the whole audit log for what was edited, taken out or put in. Reads every entry once. */
export async function verifyAudit({ audit }: Pick<Context, 'audit'>): Promise<AuditReport> {
  await audit.drain();
  return audit.verify();
}
