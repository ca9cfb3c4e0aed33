import type { Context } from '../../context.ts';

/** Whether each part that we need answers; the reason where it does not. */
export type PartStates = Record<'database' | 'store' | 'token', 'ok' | string>;

/** Asks every part for a sign of life. */
export async function checkParts({
  inbox,
  shared,
  wecom,
}: Pick<Context, 'inbox' | 'shared' | 'wecom'>): Promise<PartStates> {
  const [database, store, token] = await Promise.all([
    stateOf(inbox.count('failed')),
    stateOf(shared.ping()),
    stateOf(wecom.token()),
  ]);
  return { database, store, token };
}

const stateOf = (sign: Promise<unknown>): Promise<string> =>
  sign.then(
    () => 'ok',
    (error: unknown) => (error instanceof Error ? error.name : 'failed'),
  );
