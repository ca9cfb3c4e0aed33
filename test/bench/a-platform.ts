import { spawn } from 'node:child_process';

/** What a settings file would say of the platform. */
export type PlatformSettings = Record<string, string>;

/** Starts a platform with a corp of that size; each page of customers takes `latencyMs`. */
export async function startPlatform({
  relations,
  staff,
  latencyMs = 0,
}: {
  relations: number;
  staff: number;
  latencyMs?: number;
}): Promise<{ settings: PlatformSettings; stop: () => Promise<void> }> {
  const args = ['--import', 'tsx', 'test/bench/platform-process.ts', relations, staff, latencyMs].map(String);
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('\n')) resolve(output);
    });
    void ended.then(() => reject(new Error('the platform did not start')));
  });
  return {
    settings: JSON.parse(line) as PlatformSettings,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
