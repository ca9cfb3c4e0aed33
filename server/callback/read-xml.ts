import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { wellFormed } from '../domain/well-formed.ts';
import { readFlatXml } from './flat-xml.ts';

/** A letter of WeCom is two or three elements deep, and a group has 500 members. Source: wecom.md §2. */
const DEEPEST = 12;
const MOST_ELEMENTS = 5000;

/** Texts stay texts: ids may look like numbers. No entities beyond XML's own, no attributes. */
const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: true,
  processEntities: true,
  maxNestedTags: DEEPEST,
});

/** A text that is not the XML we expect. The message holds no content. */
export class ParseError extends Error {
  override readonly name = 'ParseError';
}

/** What is inside `<xml>`: texts, and objects or lists of them. A letter may begin with a byte order mark. @throws {ParseError} */
export function readXml(text: string): object {
  const flat = readFlatXml(text);
  if (flat) return wellFormed(flat);
  const xml = text.replace(/^\uFEFF/, '');
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) throw new ParseError('XML with a document type');
  if (countOf(xml, '</') > MOST_ELEMENTS || countOf(xml, '/>') > MOST_ELEMENTS)
    throw new ParseError('XML with too many elements');
  const root = parsed(xml);
  if (typeof root !== 'object' || root === null)
    throw new ParseError('not an <xml> element with others in it');
  return wellFormed(root);
}

function parsed(xml: string): unknown {
  try {
    if (XMLValidator.validate(xml) !== true) throw new ParseError('not well-formed XML');
    const document: unknown = parser.parse(xml);
    return typeof document === 'object' && document !== null && 'xml' in document ? document.xml : null;
  } catch (cause) {
    if (cause instanceof ParseError) throw cause;
    throw new ParseError('XML that must not be read', { cause }); // too deep, or named like a JavaScript builtin
  }
}

function countOf(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) count += 1;
  return count;
}
