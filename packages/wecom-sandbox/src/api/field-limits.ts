import { z } from 'zod';

/** Text of at most `max` bytes in UTF-8. */
export const bytes = (max: number) => z.string().refine((text) => Buffer.byteLength(text) <= max);

/** The fields of APIs that answer in pages; what is too big is clamped. */
export const paging = { cursor: z.string().optional(), limit: z.number().int().optional() };

/** Members and departments, each absent when nobody is meant. */
export const rangeFields = z.object({
  user_list: z.array(z.string()).default([]),
  department_list: z.array(z.number().int()).default([]),
});

/** 0 or 1, as the platform writes yes and no in groups. */
export const zeroOrOne = z.union([z.literal(0), z.literal(1)]);
