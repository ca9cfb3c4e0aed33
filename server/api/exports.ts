import { Readable } from 'node:stream';
import { Router, type RouterMiddleware } from '@koa/router';
import type { Context } from '../context.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../domain/exports/export-sheets.ts';
import { exportRows } from '../flows/exports/export-rows.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { Signed } from './caller.ts';
import { GetExport } from './contract/exports.ts';

/** Everything that is kept, one file for each kind, for administrators and for machines that may. */
export const exportRoutes = (context: Context) =>
  new Router<Signed>().use('/exports/:kind', asFile).get(
    '/exports/:kind',
    apiEndpoint(context, GetExport, async ({ params, query }, { caller }) => {
      const wish = { kind: params.kind, format: query.format, by: caller.staffId };
      return Readable.from(exportRows(context, wish, () => undefined));
    }),
  );

const MEDIA_TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  jsonl: 'application/x-ndjson',
};

/** Names what is sent, so that a browser keeps it as a file; a refusal stays what it is. */
const asFile: RouterMiddleware<Signed> = async (ctx, next) => {
  await next();
  const format = EXPORT_FORMATS.find((each) => each === ctx.query['format']) ?? 'csv';
  ctx.attachment(`${ctx.path.split('/').at(-1)}.${format}`);
  ctx.type = MEDIA_TYPES[format];
};
