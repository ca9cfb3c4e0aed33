import { z } from 'zod';

/* What fields of an event are made of. Each also takes what it gave: events are read again from where they are kept. */

/** An id or word that must be there. */
export const word = z.string().min(1);

/** A whole number, sent with or without CDATA. */
export const whole = z.union([
  z.number().int(),
  z
    .string()
    .regex(/^-?\d{1,15}$/)
    .transform(Number),
]);

/** A number that may have a fraction. */
export const decimal = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d{1,9}(\.\d{1,15})?$/)
    .transform(Number),
]);

/** Unix seconds. */
export const instant = z.union([
  z.date(),
  z
    .string()
    .regex(/^\d{1,12}$/)
    .transform((seconds) => new Date(Number(seconds) * 1000)),
]);

/** Words in any of WeCom's three ways: `<Item>` elements, one text with commas, or the element itself repeated. */
export const words = z.preprocess(asWords, z.array(z.string().min(1)));

/** Whole numbers in any of those ways. */
export const wholes = z.preprocess(asWords, z.array(whole));

/** `1,0,0` as true, false, false. */
export const flags = z.preprocess(
  asWords,
  z.array(z.union([z.boolean(), z.enum(['0', '1']).transform((flag) => flag === '1')])),
);

function asWords(value: unknown): unknown {
  if (typeof value === 'string') return value.split(',').flatMap((word) => word.trim() || []);
  return asList(value, 'item');
}

/** The elements called `name` inside a list element, however many; a list stays what it is. */
export function asList(value: unknown, name: string): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  const found = Object.entries(value).flatMap(([key, inside]) => (key === name ? [inside] : []));
  return found.flat();
}
