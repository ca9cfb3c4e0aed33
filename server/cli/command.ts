import type { Context } from '../context.ts';

/** The words and options that followed a command's name. */
export type Given = { words: string[]; options: Record<string, string | boolean | undefined> };

/** What a command found out: `data` for `--json`, `text` for people. */
export type Outcome = { ok: boolean; data: unknown; text: string };

/** One command. `options` are what it takes besides --help and --json; one that `isList` may be given several times, a line each. */
export type Command = {
  name: string;
  usage: string;
  summary: string;
  options: Record<string, { type: 'string' | 'boolean'; about: string; isList?: boolean }>;
  run: (open: (now?: Date) => Promise<Context>, given: Given) => Promise<Outcome>;
};

/** A command that was called wrongly: exit code 2. */
export class UsageError extends Error {}
