import type { Context } from '../../context.ts';

/** The real shares of value by tier, as the last run over the whole book found them; null before the first one. */
export async function readTierShape({ classification }: Pick<Context, 'classification'>) {
  const last = await classification.lastRun();
  return last && { ...last.shape, at: last.at.toISOString() };
}
