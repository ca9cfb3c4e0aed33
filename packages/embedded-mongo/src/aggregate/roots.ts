import { plainFields } from '../query/projection.ts';
import { isDoc } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';

/** The fields that the first of these stages, and so all of them, look at; null when it may be any. */
export function rootsNeeded([first = {}]: readonly Doc[]): ReadonlySet<string> | null {
  if ('$group' in first) return rootsUsed(first['$group']);
  const fields = isDoc(first['$project']) ? plainFields(first['$project']) : null;
  return fields?.keeps ? fields.names : null;
}

/**
 * The names of the document's own fields that an expression, or a specification made of expressions, looks at; null when it
 * may look at any.
 */
function rootsUsed(expression: unknown): Set<string> | null {
  if (typeof expression === 'string') return rootsOfText(expression);
  if (Array.isArray(expression)) return union(expression.map(rootsUsed));
  if (!isDoc(expression)) return new Set();
  if ('$getField' in expression) return null; // names its field in any way it likes
  return union(Object.values(expression).map(rootsUsed));
}

/** `$a.b` looks at `a`; of variables, only some are the document. */
function rootsOfText(text: string): Set<string> | null {
  if (/^\$\$(ROOT|CURRENT)/.test(text)) return null;
  if (!text.startsWith('$') || text.startsWith('$$')) return new Set();
  return new Set([text.slice(1).split('.', 1)[0] ?? '']);
}

const union = (parts: readonly (Set<string> | null)[]): Set<string> | null =>
  parts.reduce((all, part) => (all && part ? new Set([...all, ...part]) : null), new Set<string>());
