import { isDoc } from '../../values/bson.ts';

/** Whether an expression has the same value for every document, so that MongoDB works it out before the first. */
export function isConstant(expression: unknown): boolean {
  if (typeof expression === 'string') return !expression.startsWith('$');
  if (Array.isArray(expression)) return expression.every(isConstant);
  if (!isDoc(expression)) return true;
  if ('$literal' in expression) return true;
  return !('$rand' in expression) && Object.values(expression).every(isConstant);
}
