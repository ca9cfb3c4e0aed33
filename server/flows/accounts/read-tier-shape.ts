import type { Context } from '../../context.ts';

/** The real shares of value by tier and where the tiers part, as the last run over the whole book found them; null before the first one. */
export async function readTierShape({ classification }: Pick<Context, 'classification'>) {
  const last = await classification.lastRun();
  if (!last) return null;
  const { headFromFen, waistFromFen } = last.lines.boundaries;
  return { ...last.shape, lines: { headFromFen, waistFromFen }, at: last.at.toISOString() };
}
