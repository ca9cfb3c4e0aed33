import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { welcomeContact } from '../flows/contacts/welcome-contact.ts';
import type { QueuedEvent } from './queue.ts';

/** So many welcomes are sent at once, beside the events that are worked on. */
const AT_ONCE = 32;

/** Another app is handing one out: the next look comes so much later. Source: wecom.md §3.6. */
const PAUSE_MS = 1000;

/** The pump offers a waiting event again and again; so many are known to have had their chance here. */
const REMEMBERED = 10_000;

/** More welcomes than that are a crowd, to which other work gives way for a while, and looks so often whether it is gone. */
const CROWD = 4;
const LONGEST_WAY_MS = 10_000;
const LOOK_MS = 20;

const Welcome = z.looseObject({
  staffId: z.string(),
  externalUserId: z.string(),
  welcomeCode: z.string(),
});

type WelcomeEvent = Omit<QueuedEvent, 'subject'>;
type Job = { event: WelcomeEvent; fields: z.infer<typeof Welcome> };

/**
 * Sends welcomes ahead of everything else: their code is good for 20 s, however long the queue is. Events without a code are
 * none of its business. The ledger keeps it at one welcome, whoever else may try.
 */
export function createWelcomeLane(context: Context, pauseMs = PAUSE_MS) {
  const limit = pLimit(AT_ONCE);
  const underWay = new Set<Promise<void>>();
  const isFirstTime = createMemory(REMEMBERED);
  const pauses = new AbortController();
  setMaxListeners(0, pauses.signal); // every welcome that waits listens
  const greetUntilOver = async (job: Job) => {
    while (!pauses.signal.aborted && !(await limit(() => greet(context, job))))
      await delay(pauseMs, undefined, { signal: pauses.signal }).catch(() => undefined); // only stop() ends it early
  };
  const start = (job: Job) => {
    const run = greetUntilOver(job).finally(() => underWay.delete(run));
    underWay.add(run);
  };
  const idle = async () => {
    while (underWay.size > 0) await Promise.all(underWay);
  };
  return {
    /** Lets a crowd of welcomes go first: resolves when few are left, or after ten seconds. */
    async giveWay(): Promise<void> {
      for (let waitedMs = 0; waitedMs < LONGEST_WAY_MS; waitedMs += LOOK_MS) {
        if (limit.activeCount + limit.pendingCount <= CROWD) return;
        await delay(LOOK_MS);
      }
    },
    push(event: WelcomeEvent): void {
      const { data: fields } = Welcome.safeParse(event.fields);
      if (fields && isFirstTime(event._id)) start({ event, fields });
    },
    /** Resolves when nothing is under way. */
    idle,
    /** Ends the pauses and what is under way. */
    async stop(): Promise<void> {
      pauses.abort();
      await idle();
    },
  };
}

/** Tells whether an id is new, and remembers the latest `most`. */
function createMemory(most: number): (id: string) => boolean {
  const known = new Set<string>();
  return (id) => {
    if (known.has(id)) return false;
    known.add(id);
    const [oldest] = known;
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return true;
  };
}

/** @returns `false` when it is worth another look soon. Never throws. */
async function greet(context: Context, { event, fields }: Job): Promise<boolean> {
  const { staffId, externalUserId, welcomeCode } = fields;
  const { _id: eventId, happenedAt, receivedAt } = event;
  const outcome = await welcomeContact(
    context,
    { staffId, externalUserId },
    { welcomeCode, happenedAt },
  ).catch((error: unknown) => {
    context.log.error({ error, eventId }, 'welcome not sent');
    return 'failed' as const;
  });
  if (outcome === 'again') return false;
  const seconds = (context.now().getTime() - receivedAt.getTime()) / 1000;
  if (outcome !== 'none') context.metrics.welcomeSeconds.observe({ outcome }, seconds);
  return true;
}
