import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';

/** A running `npm start`, as a stranger would have it: the built server as a process of its own. */
export type Genjin = {
  origin: string;
  pid: number;
  /** How much later than the machine it lives, in ms. */
  clockOffsetMs: number;
  /** Everything the process has written so far. */
  output: () => string;
  /** Runs `npm run cli -- …` beside it. */
  cli: (...args: string[]) => Promise<{ code: number; stdout: string; stderr: string }>;
  /** The same with other settings than the server has. */
  cliWith: (
    settings: Record<string, string>,
    ...args: string[]
  ) => Promise<{ code: number; stdout: string; stderr: string }>;
  /** Ends the process at once; resolves when it is gone. */
  kill: (signal?: NodeJS.Signals) => Promise<number | null>;
  /** A new process on the same data and settings. */
  restart: () => Promise<void>;
  /** Another process on the same data, as a mistake would start it; resolves when it has ended. */
  second: () => Promise<{ code: number | null; output: string }>;
  close: () => Promise<void>;
};

const START_MS = 60_000;

const SHIFT_CLOCK = fileURLToPath(new URL('shift-clock.mjs', import.meta.url));

/** Lets a process live so much later than the machine. */
const clockOf = (offsetMs: number) => ({
  NODE_OPTIONS: `--import=${SHIFT_CLOCK}`,
  CLOCK_OFFSET_MS: String(offsetMs),
});

/** Starts the built server with these settings in a directory of its own; it and its commands live at `time`, or now. */
export async function startGenjin(settings: Record<string, string> = {}, time?: Date): Promise<Genjin> {
  const dir = mkdtempSync(join(tmpdir(), 'genjin-run-'));
  const clockOffsetMs = time ? time.getTime() - Date.now() : 0;
  const environment = {
    PATH: process.env['PATH'] ?? '',
    PORT: '0',
    DATA_DIR: dir,
    ...(time ? clockOf(clockOffsetMs) : {}),
    ...settings,
  };
  let running = await launch(environment);
  const genjin: Genjin = {
    origin: running.origin,
    pid: running.pid,
    clockOffsetMs,
    output: () => running.output(),
    cli: (...args) => genjin.cliWith({}, ...args),
    cliWith: (changes, ...args) =>
      runCli(args, { ...environment, PORT: new URL(running.origin).port, ...changes }),
    kill: (signal = 'SIGKILL') => running.kill(signal),
    async restart() {
      running = await launch({ ...environment, PORT: new URL(genjin.origin).port });
      genjin.pid = running.pid;
    },
    second: () => runToEnd({ ...environment, PORT: '0' }),
    async close() {
      await running.kill('SIGTERM');
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return genjin;
}

async function launch(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['dist/server/main.js'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => void child.once('exit', (code) => resolve(code)));
  const portOf = () => /"port":(\d+),"mode"/.exec(output)?.[1];
  await vi.waitFor(
    () => {
      if (!portOf()) throw new Error(`Genjin does not listen: ${output}`);
    },
    { timeout: START_MS, interval: 50 },
  );
  return {
    origin: `http://localhost:${portOf()}`,
    pid: child.pid ?? 0,
    output: () => output,
    kill: (signal: NodeJS.Signals) => {
      child.kill(signal);
      return ended;
    },
  };
}

function runToEnd(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['dist/server/main.js'], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('close', (code) => resolve({ code, output }));
  });
}

function runCli(
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['dist/server/cli/main.js', ...args],
      { env, timeout: START_MS },
      (error, stdout, stderr) => {
        const code = error ? Number(error.code ?? 1) : 0;
        resolve({ code, stdout, stderr });
      },
    );
  });
}
