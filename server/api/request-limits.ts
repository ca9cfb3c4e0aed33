import { Router } from '@koa/router';
import type { Middleware } from 'koa';
import type { Context } from '../context.ts';
import { checkPart } from '../flows/health/check-part.ts';
import { limitTime, type Patience } from '../http/deadline.ts';
import { limitRate, limitRefused } from '../http/limit-rate.ts';
import { remembered } from '../infra/remember.ts';

/** Requests a minute of one address, which a whole office may share: who is signed in is counted by name instead. */
const PER_MINUTE = {
  health: 600,
  files: 6000,
  pages: 600,
  'sign-in': 600,
  survey: 600,
  description: 120,
  nowhere: 300,
} as const;
const STRANGERS_PER_MINUTE = 300;

type Needs = Pick<Context, 'rates'>;
type Group = keyof typeof PER_MINUTE;

/** Counts who comes by address. */
export const perAddress = ({ rates }: Needs, group: Group): Middleware =>
  limitRate(rates, { group, perMinute: PER_MINUTE[group] });

/** Routes for everybody, counted by address. */
export const open = (context: Needs, group: Group, routes: Router) =>
  new Router().use(perAddress(context, group)).use(routes.routes()).routes();

/** Counts guesses at sessions and keys by address. */
export const limitStrangers = ({ rates }: Needs): Middleware =>
  limitRefused(rates, { group: 'strangers', perMinute: STRANGERS_PER_MINUTE, statuses: [401] });

/** WeCom sends again what is not answered within 5 s; pages give up after 12 s. */
const CALLBACK_PATIENCE: Patience = { patienceMs: 3500, longestMs: 3500 };
const PATIENCE: Patience = { patienceMs: 8000, longestMs: 120_000 };
/** Whether the database answers is asked so often at most. */
const SIGN_OF_LIFE_MS = 1000;

/** Ends requests that wait for a database that does not answer; tests have less `patience`. */
export function endWaiting(
  context: Pick<Context, 'database' | 'freeBytes' | 'shared' | 'wecom' | 'now'>,
  patience: Partial<Patience>,
): Middleware {
  const answers = remembered(SIGN_OF_LIFE_MS, () => checkPart(context, 'answers'));
  return limitTime({
    patienceOf: (path) => ({
      ...(path.startsWith('/wecom/callback') ? CALLBACK_PATIENCE : PATIENCE),
      ...patience,
    }),
    isAlive: async () => (await answers()) === 'ok',
  });
}
