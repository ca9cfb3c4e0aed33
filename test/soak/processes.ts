import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Settings = Record<string, string>;

/** A built program of ours in a process of its own, which may be killed and started again. */
export type Runner = {
  start: () => Promise<void>;
  kill: (signal?: NodeJS.Signals) => Promise<void>;
  /** How often it was started. */
  starts: () => number;
};

const environment = (settings: Settings) => ({ PATH: process.env['PATH'] ?? '', ...settings });

/** `ready` is what the program writes when it may be used. */
export function aRunner(args: readonly string[], settings: Settings, ready: RegExp): Runner {
  let child: ChildProcess | null = null;
  let starts = 0;
  return {
    async start() {
      starts += 1;
      child = spawn(process.execPath, args, {
        env: environment(settings),
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await readyText(child, ready);
    },
    async kill(signal = 'SIGKILL') {
      if (!child || child.exitCode !== null) return;
      const gone = new Promise((resolve) => child?.once('exit', resolve));
      child.kill(signal);
      await gone;
    },
    starts: () => starts,
  };
}

function readyText(child: ChildProcess, ready: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.once('exit', (code) =>
      reject(new Error(`ended with ${code} before it was ready: ${output.slice(-500)}`)),
    );
    child.stdout?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-10_000);
      const found = ready.exec(output);
      if (found) resolve(found[0]);
    });
  });
}

/** The embedded database in a process of its own. */
export async function startDatabase(): Promise<{ uri: string; stop: () => Promise<void> }> {
  const dir = mkdtempSync(join(tmpdir(), 'genjin-soak-'));
  const child = spawn(process.execPath, ['dist/server/cli/main.js', 'database'], {
    env: environment({ DATA_DIR: dir }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const uri = (await readyText(child, /mongodb:\/\/\S+/)).trim();
  return {
    uri,
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Runs one command beside the servers; gives what it wrote. @throws when it failed */
export function runCommand(args: readonly string[], settings: Settings): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['dist/server/cli/main.js', ...args], {
      env: environment(settings),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('exit', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${args.join(' ')}: ${code}\n${output.slice(-2000)}`)),
    );
  });
}
