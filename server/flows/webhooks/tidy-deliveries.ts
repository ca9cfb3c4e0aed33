import type { Context } from '../../context.ts';

const KEPT_MS = 30 * 86_400_000;

/** Forgets messages that ended more than 30 days ago. @returns how many */
export const tidyDeliveries = ({ deliveries, now }: Pick<Context, 'deliveries' | 'now'>): Promise<number> =>
  deliveries.tidy(new Date(now().getTime() - KEPT_MS));
