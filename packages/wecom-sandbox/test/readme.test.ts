import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const PACKAGE = join(import.meta.dirname, '..');

/** What the first example of the README prints, run in a folder of its own as a stranger would. */
function outputOfExample(): string {
  const [, example = ''] = /```js\n(.*?)```/s.exec(readFileSync(join(PACKAGE, 'README.md'), 'utf8')) ?? [];
  const dir = mkdtempSync(join(PACKAGE, 'dist', 'readme-')); // inside, so that the package finds itself by its name
  onTestFinished(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, 'example.mjs'), example);
  return execFileSync(process.execPath, ['example.mjs'], { cwd: dir, encoding: 'utf8' });
}

it('does what its README shows', () => {
  const output = outputOfExample();
  expect(output).toContain('callback POST');
  expect(output).toContain("'wm-new', 'wm-qian'");
});
