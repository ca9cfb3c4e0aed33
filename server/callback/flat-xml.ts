/** One element of a flat letter: its name, then CDATA or plain text without entities. */
const ELEMENT = /\s*<(\w+)>(?:<!\[CDATA\[([^\]]*)\]\]>|([^<&]*))<\/\1>/y;
const HEAD = /\uFEFF?\s*(?:<\?xml[^<>]*\?>\s*)?<xml>/y;
const TAIL = /\s*<\/xml>\s*$/y;
/** Names that mean something to JavaScript objects. */
const POISON = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads `<xml>` with simple elements, which is what nearly every letter of WeCom is, in one pass: a general parser takes
 * five times as long at the busiest door. Null for anything else: nested, repeated or broken.
 */
export function readFlatXml(xml: string): Record<string, string> | null {
  HEAD.lastIndex = 0;
  if (!HEAD.test(xml)) return null;
  ELEMENT.lastIndex = HEAD.lastIndex;
  const fields = readElements(xml);
  return fields && TAIL.test(xml) ? Object.fromEntries(fields) : null;
}

/** Reads elements from where `ELEMENT` stands, and leaves `TAIL` behind the last. Null for a name that comes twice or is poison. */
function readElements(xml: string): Map<string, string> | null {
  const fields = new Map<string, string>();
  TAIL.lastIndex = ELEMENT.lastIndex;
  for (let found = ELEMENT.exec(xml); found; found = ELEMENT.exec(xml)) {
    const [, name = '', quoted, plain = ''] = found;
    if (fields.has(name) || POISON.has(name)) return null;
    fields.set(name, (quoted ?? plain).trim());
    TAIL.lastIndex = ELEMENT.lastIndex;
  }
  return fields;
}
