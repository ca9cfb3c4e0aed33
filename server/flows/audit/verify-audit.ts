import type { Context } from '../../context.ts';
import type { Head } from '../../domain/system/audit.ts';
import type { AuditReport } from '../../domain/system/audit-verifier.ts';

/**
 * Looks through the whole audit log for what was edited, taken out or put in, also against heads that were noted elsewhere.
 * Reads every entry once.
 */
export async function verifyAudit(
  { audit }: Pick<Context, 'audit'>,
  noted: readonly Head[] = [],
): Promise<AuditReport> {
  await audit.drain();
  return audit.verify(noted);
}
