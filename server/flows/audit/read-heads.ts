import type { Context } from '../../context.ts';
import type { Head } from '../../domain/system/audit.ts';

/** The last entry of every chain of the audit log, to be kept somewhere else: held against it later, it shows what is gone. */
export async function readHeads({ audit }: Pick<Context, 'audit'>): Promise<Head[]> {
  await audit.drain();
  return audit.heads();
}
