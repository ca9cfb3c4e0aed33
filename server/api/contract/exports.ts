import { z } from 'zod';
import { EXPORT_FORMATS, EXPORT_KINDS } from '../../domain/exports/export-sheets.ts';
import { ADMINS, NOTHING, orKey } from './access.ts';

const isStream = (value: unknown) =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/**
 * `GET /api/v1/exports/:kind`: the whole file as `cli export` writes it, streamed; not JSON but
 * CSV, a workbook or JSON lines.
 * A file that breaks off is not whole.
 */
export const GetExport = {
  access: orKey(ADMINS, 'export'),
  load: NOTHING,
  params: z.object({ kind: z.enum(EXPORT_KINDS) }),
  query: z.object({ format: z.enum(EXPORT_FORMATS).default('csv') }),
  body: z.unknown(),
  answer: z.custom<AsyncIterable<unknown>>(isStream),
};
