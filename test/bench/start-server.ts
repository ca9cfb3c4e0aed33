import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server in a process of its own, so that it does not share its event loop with what loads it. */
export type Server = { origin: string; stop: () => Promise<void> };

/** Starts `node ARGS`, and waits until it says on which port it listens. */
export async function startServer(
  args: readonly string[],
  settings: Record<string, string>,
): Promise<Server> {
  const dir = mkdtempSync(join(tmpdir(), 'genjin-bench-'));
  const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: dir, PORT: '0', HOST: '127.0.0.1', ...settings };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  const port = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const found = /"port":(\d+),"mode"/.exec(output)?.[1];
      if (found) resolve(found);
    });
    void ended.then(() => reject(new Error('the server did not start')));
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
