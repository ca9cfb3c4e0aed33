import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs TypeScript in a process of its own, from the root of the project; the process must end by itself. @throws when its exit code is not 0 */
export async function runTypescript(code: string): Promise<{ stdout: string; stderr: string }> {
  const args = ['--import', 'tsx', '--input-type=module', '--eval', code];
  return run(process.execPath, args, { timeout: 20_000, env: { ...process.env, NODE_ENV: 'test' } });
}
