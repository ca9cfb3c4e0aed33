/** A supervisor that asks to stop kills after 10 s (Docker's default): by then everything is closed, or the process ends itself. */
const LAST_RESORT_MS = 9500;

/**
 * Ends the process on SIGTERM, on SIGINT and on an error that nobody caught: `stop`, then exit. Where `stop` fails or takes
 * too long the process kills itself. `process.exit` would be no way out then: it waits for the thread of the embedded database,
 * which waits for its transaction. A kill loses nothing that was acknowledged.
 */
export function endOnSignal(stop: () => Promise<void>): void {
  let isStopping = false;
  const end = (code: number) => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => killSelf('it did not stop in time'), LAST_RESORT_MS);
    stop().then(
      () => process.exit(code),
      (error: unknown) => killSelf(error instanceof Error ? error.message : String(error)),
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => end(0));
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${error.stack ?? error.message}\n`);
    end(1);
  });
}

function killSelf(reason: string): void {
  process.stderr.write(`Genjin ends at once: ${reason}\n`);
  process.kill(process.pid, 'SIGKILL');
}

/** Waits for `work` at most so long; whether it has ended. It never throws: what is left is taken up at the next start. */
export async function endedWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  const timer: { id?: NodeJS.Timeout } = {};
  const timeUp = new Promise<boolean>((resolve) => {
    timer.id = setTimeout(() => resolve(false), ms);
  });
  const ended = work.then(
    () => true,
    () => true,
  );
  return Promise.race([ended, timeUp]).finally(() => clearTimeout(timer.id));
}
