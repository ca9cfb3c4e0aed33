/** Why the process cannot start, in words for whoever starts it: what is wrong and how to mend it. Never holds a secret. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

const UNWRITABLE = [
  'EROFS',
  'EACCES',
  'EPERM',
  'ENOSPC',
  'EDQUOT',
  'ENOTDIR',
  'EEXIST',
  'ENOENT',
  'ENAMETOOLONG',
];

/** What to throw when something failed in the folder of the data: where it cannot be written to, how to mend it; else the same error. */
export function unwritableOr(dir: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!UNWRITABLE.includes(code)) return error;
  const cure = ['ENOSPC', 'EDQUOT'].includes(code)
    ? 'Free some space on that disk'
    : 'Make it a folder that this user may write to, e.g. with chown, or by mounting it without :ro';
  return new StartError(
    `DATA_DIR: ${dir} cannot be written to (${code}). ${cure}, or set DATA_DIR to another folder.`,
    { cause: error },
  );
}
