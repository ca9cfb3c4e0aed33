import { encode } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import type { Request } from './message.ts';

const OP_MSG = 2013;
const OP_REPLY = 1;

/** A cursor's batch as an answer; its documents go out as the bytes they are kept in. */
export class Batch {
  readonly field: 'firstBatch' | 'nextBatch';
  /** 0 when there is nothing more to get. */
  readonly cursorId: bigint;
  readonly namespace: string;
  readonly documents: readonly Buffer[];

  constructor(batch: Pick<Batch, 'field' | 'cursorId' | 'namespace' | 'documents'>) {
    this.field = batch.field;
    this.cursorId = batch.cursorId;
    this.namespace = batch.namespace;
    this.documents = batch.documents;
  }
}

/** What a command answers with. `ok: 1` is added. */
export type Answer = Doc | Batch;

/** An answer in bytes, ready to send. */
export function encodeReply(request: Request, answer: Answer): Buffer {
  const doc = answer instanceof Batch ? encodeBatch(answer) : encode({ ...answer, ok: answer['ok'] ?? 1 });
  return request.isLegacy ? opReply(request, doc) : opMsg(request, doc);
}

function opMsg({ requestId }: Request, doc: Buffer): Buffer {
  const head = header(OP_MSG, requestId, doc.length + 5);
  const section = Buffer.alloc(5); // no flags, section of kind 0
  return Buffer.concat([head, section, doc]);
}

function opReply({ requestId }: Request, doc: Buffer): Buffer {
  const fields = Buffer.alloc(20); // flags, cursor id (8), starting from, number returned
  fields.writeInt32LE(8, 0); // AwaitCapable, as every server sets
  fields.writeInt32LE(1, 16);
  return Buffer.concat([header(OP_REPLY, requestId, doc.length + 20), fields, doc]);
}

let lastId = 0;

function header(opCode: number, responseTo: number, bodyBytes: number): Buffer {
  lastId = (lastId + 1) & 0x7fffffff;
  const head = Buffer.allocUnsafe(16);
  head.writeInt32LE(bodyBytes + 16, 0);
  head.writeInt32LE(lastId, 4);
  head.writeInt32LE(responseTo, 8);
  head.writeInt32LE(opCode, 12);
  return head;
}

/** `{ cursor: { <field>: [documents], id, ns }, ok: 1 }`, put together from bytes. */
function encodeBatch({ field, cursorId, namespace, documents }: Batch): Buffer {
  const id = Buffer.alloc(8);
  id.writeBigInt64LE(cursorId);
  const text = Buffer.from(`${namespace}\0`, 'utf8');
  const textSize = Buffer.alloc(4);
  textSize.writeInt32LE(text.length);
  const array = arrayOf(documents);
  const cursor = wrapped([element(4, field), array, element(18, 'id'), id, element(2, 'ns'), textSize, text]);
  const one = Buffer.alloc(8);
  one.writeDoubleLE(1);
  return Buffer.concat(wrapped([element(3, 'cursor'), ...cursor, element(1, 'ok'), one]));
}

/** An array of documents, each copied once: a batch may have thousands. */
function arrayOf(documents: readonly Buffer[]): Buffer {
  const heads = documents.map((_, at) => `\x03${at}\0`);
  const length = documents.reduce((sum, document, at) => sum + document.length + (heads[at]?.length ?? 0), 5);
  const array = Buffer.allocUnsafe(length);
  array.writeInt32LE(length, 0);
  let end = 4;
  for (const [at, document] of documents.entries()) {
    end += array.write(heads[at] ?? '', end, 'latin1');
    end += document.copy(array, end);
  }
  array[end] = 0;
  return array;
}

const END = Buffer.alloc(1);

/** The parts of a document, with its length in front and its end behind. */
function wrapped(parts: readonly Buffer[]): Buffer[] {
  const size = Buffer.alloc(4);
  size.writeInt32LE(parts.reduce((sum, part) => sum + part.length, 5));
  return [size, ...parts, END];
}

/** The head of an element: its type and name. */
const element = (type: number, name: string): Buffer =>
  Buffer.from(`${String.fromCharCode(type)}${name}\0`, 'latin1');
