import { isDoc, own, setOwn } from '../../values/bson.ts';
import type { Doc } from '../../values/bson.ts';

/** A copy of the document with another value at a path through documents; `undefined` leaves the field out. */
export function withField(doc: Doc, parts: readonly string[], value: unknown): Doc {
  const [name = '', ...rest] = parts;
  const copy: Doc = { ...doc };
  if (rest.length > 0) {
    const inner = own(doc, name);
    setOwn(copy, name, withField(isDoc(inner) ? inner : {}, rest, value));
  } else if (value === undefined) delete copy[name];
  else setOwn(copy, name, value);
  return copy;
}
