import type { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { Platform } from '../platform.ts';

/** One API of the platform. `run` answers without errcode and errmsg; query and body arrive as one set of fields. */
export type Api = {
  method: 'GET' | 'POST';
  path: string;
  /** Chinese name for the live log. */
  title: string;
  /** Whether the state must be kept after it. */
  writes: boolean;
  /** Whether parallel calls are counted (45033). */
  isGuarded: boolean;
  /** Whether it is called without access_token. */
  isOpen: boolean;
  /** The success shape without rows, which refusals carry as well. */
  empty: Record<string, unknown>;
  run: (platform: Platform, fields: Record<string, unknown>) => Record<string, unknown>;
};

type Spec<Fields> = Pick<Api, 'method' | 'path' | 'title'> &
  Partial<Omit<Api, 'run'>> & {
    fields: z.ZodType<Fields>;
    /** The errcode when a field is absent or empty; 40058 where nothing is said. */
    missing?: Record<string, number>;
    run: (platform: Platform, fields: Fields) => Record<string, unknown>;
  };

/** Joins an API's fields with what it does. @throws {ApiError} on wrong fields, when run. */
export function defineApi<Fields>({ fields, missing = {}, run, ...spec }: Spec<Fields>): Api {
  return {
    writes: false,
    isGuarded: false,
    isOpen: false,
    empty: {},
    ...spec,
    run: (platform, given) => run(platform, checkFields({ fields, missing }, given)),
  };
}

function checkFields<Fields>(
  { fields, missing }: { fields: z.ZodType<Fields>; missing: Record<string, number> },
  given: Record<string, unknown>,
): Fields {
  for (const [name, errcode] of Object.entries(missing)) {
    if (given[name] === undefined || given[name] === '') throw new ApiError(errcode);
  }
  const result = fields.safeParse(given);
  if (result.success) return result.data;
  throw new ApiError(40058, result.error.issues[0]?.path.join('.') ?? '');
}
