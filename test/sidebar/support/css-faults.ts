import DoIUse from 'doiuse';
import postcss, { type Node } from 'postcss';

/** Missing, these cost looks or comfort, and no content: an old browser leaves the whole rule out. */
const HARMLESS = new Set([
  'prefers-color-scheme',
  'prefers-reduced-motion',
  'css-focus-visible',
  'css-resize',
  'css-appearance',
  'css-masks', // clip-path: inset() is taken for a mask
  'css-clip-path', // shapes are what every browser of the list knows of it
  'css-overflow', // `hidden` and `auto` are what every browser knows of it
  'css-not-sel-list', // WeUI's :not([a]):not([b]) is taken for a list
  'css-scrollbar',
  'css-sticky',
  'css3-cursors',
  'css-has', // a rule of its own that keeps the page behind a sheet from scrolling
  'css-overscroll-behavior',
  'extended-system-fonts',
  'intrinsic-width', // min-content, max-content and fit-content are what every browser of the list knows of it
]);

/** What the library does not look for. */
const OTHERS: readonly [feature: string, use: RegExp, chrome: number, ios: number][] = [
  ['aspect-ratio', /^aspect-ratio:/, 88, 15],
  ['color-mix', /color-mix\(/, 111, 16.2],
  ['light-dark', /light-dark\(/, 123, 17.5],
  ['single transforms', /^(?:translate|rotate|scale):/, 104, 14.5],
];

/** An earlier declaration of the same property in the same rule stands where this one is not understood. */
function hasFallback(node: Node): boolean {
  if (node.type !== 'decl' || !('prop' in node)) return false;
  for (let before = node.prev(); before; before = before.prev())
    if (before.type === 'decl' && 'prop' in before && before.prop === node.prop) return true;
  return false;
}

/** What of a stylesheet some browser since `chrome` and `ios` would not understand, and that has nothing in its place. */
export async function cssFaults(
  css: string,
  { chrome, ios }: { chrome: number; ios: number },
): Promise<string[]> {
  const faults: string[] = [];
  const note = (feature: string, node: Node) => {
    if (!HARMLESS.has(feature) && !hasFallback(node))
      faults.push(`${feature}: ${node.toString().slice(0, 90)}`);
  };
  const library = new DoIUse({
    browsers: [`chrome ${chrome}`, `ios_saf ${ios}`],
    onFeatureUsage: ({ feature, usage }) => note(feature, usage),
  });
  const { root } = await postcss([library]).process(css, { from: undefined });
  root.walkDecls((node) => {
    for (const [feature, use, since, sinceIos] of OTHERS)
      if (use.test(node.toString()) && (chrome < since || ios < sinceIos)) note(feature, node);
  });
  return faults;
}
