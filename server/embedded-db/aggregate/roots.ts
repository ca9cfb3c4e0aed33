import { isDoc } from '../values/bson.ts';

/**
 * The names of the document's own fields that an expression, or a specification made of expressions, looks at; null when it
 * may look at any.
 */
export function rootsUsed(expression: unknown): Set<string> | null {
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
