import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '../../context.ts';
import type { Settings } from '../../domain/settings.ts';
import { AppError } from '../../errors.ts';

type Needs = Pick<Context, 'accounts' | 'log' | 'settings' | 'shared'>;

/** How far a preview is; `waiting`: one with other numbers runs, and this one has not begun. */
export type Underway = { state: 'running' | 'waiting'; seen: number; total: number };

/** Numbers to try, and how; `tell` hears how many accounts were seen. */
export type Trial<Result> = {
  draft: Partial<Settings>;
  work: (tell: (seen: number) => void) => Promise<Result>;
};

const RUNNING = 'preview:running';
const doneKey = (key: string) => `preview:done:${key}`;

const PATIENCE_MS = 1000;
const BEAT_MS = 2000;
const LEASE_MS = 30_000; // so long after its process ended a preview can begin again
const KEEP_MS = 120_000; // for a page that sleeps between two questions

/**
 * Starts a preview, or joins the one with the same numbers, in whatever process it runs; one runs at a time. Within
 * `patienceMs` its result is the answer, else how far it is: ask again with the same numbers. A result that came later is kept
 * for two minutes.
 *
 * @throws {AppError} 503 `preview_failed` when it broke off since the last question; the next one begins it again.
 */
export async function joinPreview<Result extends object>(
  context: Needs,
  { draft, work }: Trial<Result>,
  patienceMs = PATIENCE_MS,
): Promise<Result | Underway> {
  const { settings, shared } = context;
  const numbers = JSON.stringify({ ...(await settings.read()), ...draft });
  const key = createHash('sha256').update(numbers).digest('hex');
  const kept = await shared.get(doneKey(key));
  if (kept) return keptResult<Result>(context, key, kept);
  const run: Run = { key, seen: 0, total: 0 };
  const isOurs = await shared.setIfAbsent(RUNNING, JSON.stringify(run), LEASE_MS);
  if (!isOurs) return progressOf(context, key);
  const wait = { isOver: false };
  const result = runPreview(context, { run, work }, wait);
  const first = await Promise.race([result, pause(patienceMs).then(() => void (wait.isOver = true))]);
  if (first) return first;
  void result.catch((error: unknown) => context.log.error({ error }, 'a preview broke off'));
  return { state: 'running', seen: run.seen, total: run.total };
}

type Run = { key: string; seen: number; total: number };

async function keptResult<Result>({ shared }: Needs, key: string, kept: string): Promise<Result> {
  const { result } = JSON.parse(kept) as { result: Result | null };
  if (result) return result;
  await shared.removeIf(doneKey(key), kept);
  throw new AppError(503, 'preview_failed', { message: '试算没有完成，请再试一次' });
}

async function progressOf({ shared }: Needs, key: string): Promise<Underway> {
  const running = await shared.get(RUNNING);
  const { key: other, seen, total } = running ? (JSON.parse(running) as Run) : { key, seen: 0, total: 0 };
  return { state: other === key ? 'running' : 'waiting', seen, total };
}

/** Runs it, and keeps what came of it once the one who asked first waits no more. */
async function runPreview<Result>(
  context: Needs,
  { run, work }: { run: Run; work: Trial<Result>['work'] },
  wait: { isOver: boolean },
): Promise<Result> {
  const { accounts, shared } = context;
  const keep = (result: Result | null) =>
    wait.isOver ? shared.set(doneKey(run.key), JSON.stringify({ result }), KEEP_MS) : undefined;
  const beat = () => shared.set(RUNNING, JSON.stringify(run), LEASE_MS).catch(() => undefined);
  const timer = setInterval(() => void beat(), BEAT_MS).unref();
  try {
    run.total = await accounts.countLiving();
    const result = await work((seen) => void (run.seen = seen));
    await keep(result);
    return result;
  } catch (error) {
    await keep(null);
    throw error;
  } finally {
    clearInterval(timer);
    await shared.removeIf(RUNNING, (await shared.get(RUNNING)) ?? '');
  }
}
