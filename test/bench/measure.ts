import { spawn } from 'node:child_process';

/** Runs one measuring program of this folder in a process of its own; its last line is what it found. */
export async function measure<Figures>(name: string, settings: Record<string, string>): Promise<Figures> {
  const child = spawn(process.execPath, ['--import', 'tsx', `test/bench/${name}.ts`], {
    env: { PATH: process.env['PATH'] ?? '', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${name} ended with ${code}`);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Figures;
}
