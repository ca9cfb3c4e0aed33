import { CommandError } from '../errors.ts';

const FIXED_SIZES: Readonly<Record<number, number>> = {
  1: 8,
  6: 0,
  7: 12,
  8: 1,
  9: 8,
  10: 0,
  16: 4,
  17: 8,
  18: 8,
  19: 16,
  127: 0,
  255: 0,
};

type Size = (bytes: Buffer, at: number) => number;

const textSize: Size = (bytes, at) => 4 + bytes.readInt32LE(at);
const wholeSize: Size = (bytes, at) => bytes.readInt32LE(at);
/** Pattern and options, each ended by 0. */
const regexSize: Size = (bytes, at) => bytes.indexOf(0, bytes.indexOf(0, at) + 1) + 1 - at;

const SIZES: Readonly<Record<number, Size>> = {
  2: textSize,
  3: wholeSize,
  4: wholeSize,
  5: (bytes, at) => 5 + bytes.readInt32LE(at),
  11: regexSize,
  13: textSize,
  14: textSize,
  15: wholeSize,
};

/** The offset behind a value of this BSON type that begins at `at`. */
function valueEnd(bytes: Buffer, type: number, at: number): number {
  const size = FIXED_SIZES[type] ?? SIZES[type]?.(bytes, at);
  if (size === undefined) throw new CommandError(22, `unrecognized BSON type ${type}`);
  return at + size;
}

/** One element of a document: `start` at its type byte, `value` at its value, `end` behind it. */
export type Element = {
  readonly name: string;
  readonly type: number;
  readonly start: number;
  readonly value: number;
  readonly end: number;
};

/** The elements of the document that begins at `at`, without decoding them. */
export function* elementsOf(bytes: Buffer, at = 0): Generator<Element> {
  const end = at + bytes.readInt32LE(at) - 1;
  let start = at + 4;
  while (start < end) {
    const type = bytes[start] ?? 0;
    const nameEnd = bytes.indexOf(0, start + 1);
    const element = { name: bytes.toString('utf8', start + 1, nameEnd), type, start, value: nameEnd + 1 };
    const next = valueEnd(bytes, type, element.value);
    yield { ...element, end: next };
    start = next;
  }
}

/** The documents of the array that begins at `at`, as views. */
export function documentsIn(bytes: Buffer, at: number): Buffer[] {
  const end = at + bytes.readInt32LE(at) - 1;
  const documents: Buffer[] = [];
  for (let start = at + 4; start < end;) {
    if (bytes[start] !== 3) throw new CommandError(14, 'expected an array of documents');
    const value = bytes.indexOf(0, start + 1) + 1;
    start = value + bytes.readInt32LE(value);
    documents.push(bytes.subarray(value, start));
  }
  return documents;
}

/** Top-level fields by name: these only, or all but these. */
export type Fields = { readonly names: ReadonlySet<string>; readonly keeps: boolean };

const known = new WeakMap<ReadonlySet<string>, Buffer[]>();

/** The names as bytes, worked out once for each set. */
function namesOf(names: ReadonlySet<string>): Buffer[] {
  const found = known.get(names) ?? [...names].map((text) => Buffer.from(text));
  known.set(names, found);
  return found;
}

/** A document of some of a document's fields in their order, cut out of its bytes without decoding them. */
export function cutOut(bytes: Buffer, { names, keeps }: Fields): Buffer {
  const wanted = namesOf(names);
  const end = bytes.length - 1;
  const cut = Buffer.allocUnsafe(bytes.length);
  const most = keeps ? wanted.length : Infinity;
  let [found, length] = [0, 4];
  for (let start = 4; start < end && found < most;) {
    const nameEnd = bytes.indexOf(0, start + 1);
    const next = valueEnd(bytes, bytes[start] ?? 0, nameEnd + 1);
    const isNamed = wanted.some(
      (name) => name.length === nameEnd - start - 1 && isAt(bytes, start + 1, name),
    );
    found += Number(isNamed);
    if (isNamed === keeps) length += bytes.copy(cut, length, start, next);
    start = next;
  }
  cut[length] = 0;
  cut.writeInt32LE(length + 1, 0);
  return cut.subarray(0, length + 1);
}

function isAt(bytes: Buffer, start: number, name: Buffer): boolean {
  for (let at = 0; at < name.length; at += 1) if (bytes[start + at] !== name[at]) return false;
  return true;
}
