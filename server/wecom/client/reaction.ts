/**
 * What a refusal asks of us, by the letters of wecom.md §4.2. R: renew the token once. B: back off and repeat. P: permanent,
 * the request is wrong. C: somebody has to change a setting in WeCom. S: no fault, but how things stand.
 */
export type Reaction = 'R' | 'B' | 'P' | 'C' | 'S';

type Span = number | readonly [first: number, last: number];

/**
 * Errcodes by reaction; where spans of P meet another row, the other row holds. Some P have a cure of their own, which is not
 * the same request again: 40007 another upload, 40029 and 42022 another sign-in, 42012 another ticket, 50100 the first page,
 * 81017 a filter. Source: wecom.md §4.2, 48009: OFF 90313.
 */
const TABLE: readonly (readonly [Reaction, readonly Span[]])[] = [
  ['R', [40001, 40014, 42001]],
  ['B', [-1, 6000, 41063, 41079, 41096, 45009, 45033]],
  ['C', [40013, 41002, 41004, 40091, 40054, 40056, 40126]], // credentials, app, tag quota
  ['C', [41054, 41055, 41057, 41058, 43004, 43009, 43012, 45024, 45026]], // members and the corp's account
  ['C', [[48002, 48006], 48009, [50001, 50003], 60011, 60020, 60021, 81011, 84074]], // permissions, range, addresses
  ['C', [301002, 301042, [301052, 301060], 701008]],
  [
    'S',
    [
      [40097, 40100],
      [40128, 40131],
      [90500, 90511],
    ],
  ], // transfers and groups, told per row
  ['S', [41048, 41051, 84061, [95000, 95026]]],
  [
    'P',
    [40003, [40004, 40008], 40029, 40033, 40035, 40058, 40063, 40066, 40068, [40070, 40072], [40093, 40096]],
  ],
  [
    'P',
    [40123, 41001, 41035, [41037, 41047], 41049, 41050, 41056, [41059, 41079], 42012, [42014, 42020], 42022],
  ],
  ['P', [[42027, 42049], 44001, 45001, 45002, 45007, 45029, 50100, 60003, 60111, 60123, 81013, 81017, 82001]],
  ['P', [84014, 84015, 84083, 84084, [90200, 90208], 301039, 600001, [610001, 610017]]],
];

/** How to meet an errcode. One that nobody described is permanent: better seen than repeated. */
export function reactionOf(errcode: number): Reaction {
  return TABLE.find(([, spans]) => spans.some((span) => holds(span, errcode)))?.[0] ?? 'P';
}

const holds = (span: Span, code: number) =>
  typeof span === 'number' ? span === code : span[0] <= code && code <= span[1];
