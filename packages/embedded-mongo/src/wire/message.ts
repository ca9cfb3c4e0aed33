import { CommandError } from '../errors.ts';
import { decode } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import { documentsIn, elementsOf } from '../values/elements.ts';

/** A command as it came: its fields, and the long lists of documents as bytes. */
export type Request = {
  readonly requestId: number;
  readonly isLegacy: boolean;
  /** False for an unacknowledged write: the client does not read an answer. */
  readonly wantsReply: boolean;
  readonly name: string;
  readonly db: string;
  readonly body: Doc;
  /** `documents`, `updates` and `deletes`, each document as its own bytes. */
  readonly lists: ReadonlyMap<string, readonly Buffer[]>;
};

const OP_MSG = 2013;
const OP_QUERY = 2004;
const HEADER_BYTES = 16;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
/** The flags a server has to understand or refuse (the lower 16 bits). */
const KNOWN_FLAGS = CHECKSUM_PRESENT | MORE_TO_COME;

/** Lists that may be long and are wanted as bytes. */
const LISTS = new Set(['documents', 'updates', 'deletes']);

/**
 * Reads one whole wire message.
 *
 * @throws {CommandError} 22 – it is not one.
 * @see https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/
 */
export function parseMessage(bytes: Buffer): Request {
  const requestId = bytes.readInt32LE(4);
  const opCode = bytes.readInt32LE(12);
  if (opCode === OP_MSG) return parseOpMsg(bytes, requestId);
  if (opCode === OP_QUERY) return parseOpQuery(bytes, requestId);
  throw new CommandError(22, `unsupported wire protocol operation ${opCode}`);
}

function parseOpMsg(bytes: Buffer, requestId: number): Request {
  const flags = bytes.readUInt32LE(HEADER_BYTES);
  if ((flags & 0xffff & ~KNOWN_FLAGS) !== 0)
    throw new CommandError(22, `unknown flags ${flags} in a message`);
  const end = bytes.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  const lists = new Map<string, Buffer[]>();
  let body: Doc = {};
  let at = HEADER_BYTES + 4;
  while (at < end) {
    const kind = bytes[at];
    const size = bytes.readInt32LE(at + 1);
    const section = bytes.subarray(at + 1, at + 1 + size);
    if (kind === 0) body = decodeBody(section, lists);
    else if (kind === 1) readSequence(section, lists);
    else throw new CommandError(22, `unknown section kind ${kind} in a message`);
    at += 1 + size;
  }
  return {
    requestId,
    isLegacy: false,
    wantsReply: (flags & MORE_TO_COME) === 0,
    ...nameOf(body),
    body,
    lists,
  };
}

function nameOf(body: Doc): { name: string; db: string } {
  const [name = ''] = Object.keys(body);
  const db = body['$db'];
  return { name, db: typeof db === 'string' ? db : 'admin' };
}

function readSequence(section: Buffer, lists: Map<string, Buffer[]>): void {
  const nameEnd = section.indexOf(0, 4);
  const documents: Buffer[] = [];
  for (let at = nameEnd + 1; at < section.length;) {
    const size = section.readInt32LE(at);
    documents.push(section.subarray(at, at + size));
    at += size;
  }
  lists.set(section.toString('utf8', 4, nameEnd), documents);
}

/** Takes the long lists out of the body before it is decoded. */
function decodeBody(section: Buffer, lists: Map<string, Buffer[]>): Doc {
  const kept: Buffer[] = [];
  for (const { name, type, start, value, end } of elementsOf(section)) {
    if (type === 4 && LISTS.has(name)) lists.set(name, documentsIn(section, value));
    else kept.push(section.subarray(start, end));
  }
  if (lists.size === 0) return decode(section);
  const length = kept.reduce((sum, element) => sum + element.length, 5);
  const head = Buffer.alloc(4);
  head.writeInt32LE(length);
  return decode(Buffer.concat([head, ...kept, Buffer.alloc(1)]));
}

/** The old way to ask, which clients use for their first `hello` only. */
function parseOpQuery(bytes: Buffer, requestId: number): Request {
  const nameEnd = bytes.indexOf(0, HEADER_BYTES + 4);
  const namespace = bytes.toString('utf8', HEADER_BYTES + 4, nameEnd);
  if (!namespace.endsWith('.$cmd')) throw new CommandError(22, 'OP_QUERY is supported for commands only');
  const outer = decode(bytes.subarray(nameEnd + 1 + 8));
  const inner = outer['$query'];
  const body: Doc = typeof inner === 'object' && inner !== null ? { ...inner } : outer;
  const [name = ''] = Object.keys(body);
  return {
    requestId,
    isLegacy: true,
    wantsReply: true,
    name,
    db: namespace.slice(0, -5),
    body,
    lists: new Map(),
  };
}
