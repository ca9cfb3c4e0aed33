import { z } from 'zod';
import { ANYBODY, NOTHING } from './access.ts';

/** `GET /api/v1/openapi.json`: an OpenAPI 3.1 document of every route. */
export const GetOpenapi = {
  access: ANYBODY,
  load: NOTHING,
  params: z.object({}),
  query: z.object({}),
  body: z.unknown(),
  answer: z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) }),
};
