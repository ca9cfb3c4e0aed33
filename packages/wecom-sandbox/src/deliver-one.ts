import { setTimeout as delay } from 'node:timers/promises';
import { eventXml } from './callback-xml.ts';
import type { CallbackFault } from './faults.ts';
import type { Platform } from './platform.ts';
import { nameOf, postCallback } from './post-callback.ts';
import type { PendingCallback } from './state.ts';
import { grantWelcome } from './welcome.ts';

/** One delivery and three retries. Source: wecom.md §1.4. */
const ATTEMPTS = 4;

/** How long a reordered callback waits for one to overtake it, and a delayed one at all, ms. */
const USUAL_WAIT_MS = { reorder: 200, delay: 1000, drop: 0, duplicate: 0 };

/** Which callbacks have had their chance to go wrong; kept in memory, as faults are. */
const judged = new WeakSet<PendingCallback>();

/** A callback on its way, with the text that all attempts carry. */
type Letter = { callback: PendingCallback; xml: string; signal: AbortSignal };

/**
 * Delivers the first callback of a queue until it is accepted or given up, and takes it out; a close in between leaves it
 * pending. A reordered one lets the next go first.
 */
export async function deliverOne(
  platform: Platform,
  queue: PendingCallback[],
  signal: AbortSignal,
): Promise<void> {
  const [callback] = queue;
  if (!callback) return;
  const letter = { callback, xml: callback.xml ?? fixXml(platform, callback), signal };
  // What the callback tells must not be forgotten once somebody has heard of it.
  await platform.kept();
  const fault = faultOf(platform, callback);
  if (!(await pause(waitOf(fault), signal))) return;
  if (fault?.kind === 'reorder' && overtake(queue)) return;
  if (!(await deliverWith(platform, fault, letter))) return;
  queue.shift();
  const { pending } = platform.state;
  pending.splice(pending.indexOf(callback), 1);
  platform.save();
}

function waitOf(fault: CallbackFault | null): number {
  return fault ? (fault.waitMs ?? USUAL_WAIT_MS[fault.kind]) : 0;
}

/** Lets the second go before the first. @returns false when there is no second */
function overtake(queue: PendingCallback[]): boolean {
  const [first, second] = queue;
  if (!first || !second) return false;
  queue.splice(0, 2, second, first);
  return true;
}

/** @returns false when the platform was closed meanwhile. */
async function deliverWith(
  platform: Platform,
  fault: CallbackFault | null,
  letter: Letter,
): Promise<boolean> {
  if (fault?.kind === 'drop') {
    noteDrop(platform, letter.callback);
    return true;
  }
  const isDone = await deliver(platform, letter);
  if (isDone && fault?.kind === 'duplicate') await postCallback(platform, letter);
  return isDone;
}

/** @returns false when the platform was closed meanwhile. */
async function deliver(platform: Platform, letter: Letter): Promise<boolean> {
  const { callback, signal } = letter;
  while (callback.attempts < ATTEMPTS) {
    if (callback.attempts > 0 && !(await pause(platform.rules.retryDelayMs, signal))) return false;
    const isAccepted = await postCallback(platform, letter);
    if (signal.aborted) return false;
    callback.attempts += 1;
    if (isAccepted) return true;
    platform.save();
  }
  return true;
}

function faultOf(platform: Platform, callback: PendingCallback): CallbackFault | null {
  if (judged.has(callback)) return null;
  judged.add(callback);
  return platform.faults.takeCallback(nameOf(callback, '/'));
}

/** @returns false when the platform was closed meanwhile. */
async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  if (ms === 0) return !signal.aborted;
  return delay(ms, undefined, { signal }).then(
    () => true,
    () => false,
  );
}

/** Decides about the WelcomeCode at the last moment, as its 20 s start with the delivery; retries repeat the same XML. */
function fixXml(platform: Platform, callback: PendingCallback): string {
  const field = (name: string) => String(callback.fields.find(([key]) => key === name)?.[1] ?? '');
  const relation = platform.book.relation(field('UserID'), field('ExternalUserID'));
  const code = callback.mayWelcome && relation ? grantWelcome(platform, relation, callback.id) : null;
  if (code !== null) callback.fields.push(['WelcomeCode', code]);
  callback.xml = eventXml(platform.state.corp, callback, platform.rules.xmlStyle);
  platform.save();
  return callback.xml;
}

function noteDrop({ log }: Platform, callback: PendingCallback): void {
  const name = nameOf(callback, ' / ');
  log.add({ kind: 'callback', name, status: 0, ms: 0, note: '按要求丢弃', detail: { xml: callback.xml } });
}
