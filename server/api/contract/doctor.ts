import { z } from 'zod';
import { ADMINS, NOTHING } from './access.ts';

/** `POST /api/v1/doctor`: examines this installation, admins only. `text` is the whole report, to be copied. */
export const PostDoctor = {
  access: ADMINS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({}),
  body: z.object({}),
  answer: z.object({
    isHealthy: z.boolean(), // nothing failed; warnings are allowed
    examinedAt: z.iso.datetime(),
    findings: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        status: z.enum(['ok', 'warn', 'fail', 'skip']),
        tried: z.string(), // '' where nothing was tried
        answer: z.string(),
        cure: z.string().nullable(), // null: nothing to mend
        code: z.string().nullable(), // WeCom's errcode, or a word of ours
      }),
    ),
    text: z.string(),
  }),
};
export type DoctorReport = z.infer<typeof PostDoctor.answer>;
