/** What an AppError may carry: `message` is for people and holds no personal data; `details` reach the caller; `cause` only the log. */
export type AppErrorOptions = { message: string; details?: unknown; cause?: unknown };

/** An error that the caller can act on. `code` is snake_case and stable. */
export class AppError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: unknown;

  constructor(status: number, code: string, { message, details, cause }: AppErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'AppError';
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** What WeCom told is older than what it announced: worth another look in a few seconds, and nobody's fault. */
export class NotYetError extends Error {
  override readonly name = 'NotYetError';
}
