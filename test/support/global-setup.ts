import { execFileSync } from 'node:child_process';

/** The embedded database runs in a worker thread, which needs built JavaScript; `npm test` builds first, a lone vitest run here. */
export function setup(): void {
  if (process.env['GENJIN_BUILT'] === '1') return;
  execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
}
