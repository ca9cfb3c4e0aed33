/** Numbers from 0 to below 1 that are the same for the same seed. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What breaks parsers. */
const POISON = [
  '<![CDATA[',
  ']]>',
  '<!DOCTYPE x [<!ENTITY a "b">]>',
  '&a;',
  '&#0;',
  '&#xD800;',
  '&#99999999999;',
  '\0',
  '\uFEFF',
  '<__proto__>1</__proto__>',
  '<constructor><prototype>1</prototype></constructor>',
  '<$set>1</$set>',
  '<a.b>1</a.b>',
  '<xml>',
  '</xml>',
  '<a>'.repeat(200),
  '<i/>'.repeat(500),
  '%',
  '+',
  '你',
  '-'.repeat(300),
  '9'.repeat(40),
];

/** One of a few ways to spoil a text: a byte changed, a part cut out, doubled, moved, or something put in. */
export function mutate(text: string, next: () => number): string {
  const at = (length: number) => Math.floor(next() * length);
  const [a, b] = [at(text.length + 1), at(text.length + 1)].sort((one, other) => one - other);
  const [start, end] = [a ?? 0, b ?? 0];
  const ways = [
    () => text.slice(0, start) + String.fromCharCode(at(256)) + text.slice(start + 1),
    () => text.slice(0, start),
    () => text.slice(0, start) + text.slice(Math.min(end, start + 40)),
    () => text.slice(0, end) + text.slice(start, end) + text.slice(end),
    () => text.slice(end) + text.slice(0, end),
    () => text.slice(0, start) + (POISON[at(POISON.length)] ?? '') + text.slice(start),
  ];
  return (ways[at(ways.length)] ?? (() => text))();
}
