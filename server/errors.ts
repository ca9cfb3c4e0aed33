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

/** What decides about another try; a class whose errors say so implements it, and only `traitsOf` reads it. */
export type ErrorTraits = {
  /** Certainly nothing took effect, so that even a message may be sent again. */
  readonly isUnsent: boolean;
  /** The same may work later. */
  readonly isTransient: boolean;
  /** The token was refused. */
  readonly isStaleToken: boolean;
  /** Nothing works until somebody changes a setting of the other side. */
  readonly needsPerson: boolean;
  /** The other side said no, and would say so again. */
  readonly isFinal: boolean;
  /** Asking again makes no sense before; null: nobody said so. */
  readonly until: Date | null;
};

/** What an error says for itself about another try; of one that says nothing, nothing is assumed. */
export function traitsOf(error: unknown): ErrorTraits {
  const told: Partial<ErrorTraits> = error instanceof Error ? (error as Error & Partial<ErrorTraits>) : {};
  return {
    isUnsent: told.isUnsent === true,
    isTransient: told.isTransient === true,
    isStaleToken: told.isStaleToken === true,
    needsPerson: told.needsPerson === true,
    isFinal: told.isFinal === true,
    until: told.until instanceof Date ? told.until : null,
  };
}

/** What may be told of an error: never what a library put into its words or hung onto it, for that may be anybody's data. */
export type ErrorFacts = {
  type: string;
  /** Only of errors of our own making. */
  message?: string;
  stack?: string;
  cause?: ErrorFacts;
  [fact: string]: unknown;
};

/** Facts that libraries tell beside their words: codes and places, nobody's data. */
const SAFE_FACTS = ['code', 'codeName', 'status', 'syscall', 'address', 'port'];
/** A frame of a library or of the engine itself. */
const FOREIGN_FRAME = /node_modules|\bnode:|<anonymous>\)?$|\(native\)$/;
/** Errors whose words we wrote ourselves, besides plain ones that were thrown in our own code. */
export const OUR_ERRORS = new Set([
  'AppError',
  'NotYetError',
  'WecomError',
  'WecomUnreachable',
  'WecomShut',
  'WecomLimitError',
  'CryptoError',
  'ParseError',
  'ConfigError',
  'StartError',
  'ListenError',
  'UsageError',
  'BackupError',
  'RefusedFile',
  'DiskFull',
]);
const PLAIN_ERRORS = new Set<unknown>([Error, RangeError, TypeError]);

/** An error for the log: its kind, place, codes and causes; its words when they are ours. */
export function factsOf(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) return { type: typeof error };
  const frames = framesOf(error);
  return {
    type: error.name === 'Error' ? error.constructor.name : error.name,
    ...(isOurs(error, frames[0]) ? { message: error.message.slice(0, 500) } : foreignFactsOf(error)),
    stack: frames.slice(0, 7).join('\n'),
    ...(error.cause === undefined ? {} : { cause: factsOf(error.cause) }),
  };
}

/** Libraries throw plain errors, too, and some hide their own frames: both must speak for us. */
function isOurs(error: Error, firstFrame: string | undefined): boolean {
  if (OUR_ERRORS.has(error.constructor.name)) return true;
  return PLAIN_ERRORS.has(error.constructor) && firstFrame !== undefined && !FOREIGN_FRAME.test(firstFrame);
}

/** The same in one line, for ledgers and pages. */
export function reasonOf(error: unknown): string {
  const { type, message, stack: _stack, cause: _cause, ...facts } = factsOf(error);
  const words =
    message ??
    Object.values(facts)
      .map((fact) => (typeof fact === 'object' ? JSON.stringify(fact) : fact))
      .join(' ');
  return words ? `${type}: ${words}` : type;
}

/** The lines of places; the words of an error may have several lines of their own before them. */
function framesOf({ message, stack = '' }: Error): string[] {
  const places =
    message && stack.includes(message) ? stack.slice(stack.indexOf(message) + message.length) : stack;
  return places.split('\n').filter((line) => /^\s+at /.test(line));
}

function foreignFactsOf(error: Error): Record<string, unknown> {
  const told = error as unknown as Record<string, unknown>;
  const facts = SAFE_FACTS.flatMap((name) => (isFact(told[name]) ? [[name, told[name]] as const] : []));
  const { keyPattern, issues } = told;
  return {
    ...Object.fromEntries(facts),
    ...(typeof keyPattern === 'object' && keyPattern ? { keys: Object.keys(keyPattern) } : {}),
    ...(Array.isArray(issues) ? { issues: issues.slice(0, 5).map(issueText) } : {}),
  };
}

const isFact = (value: unknown) =>
  typeof value === 'number' || (typeof value === 'string' && /^[\w.:/-]{1,80}$/.test(value));

/** Where a value has another shape; a key that is not a name of ours may be data. */
function issueText(issue: unknown): string {
  const { path = [], code = '' } = issue as { path?: unknown[]; code?: unknown };
  return `${path.map((key) => (isFact(key) ? key : '*')).join('.')} ${String(code)}`;
}
