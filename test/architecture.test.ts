import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('keeps the stairs going down: no import breaks the house rules', () => {
  const args = ['depcruise', 'server', 'jobs', 'sidebar', '--output-type', 'err'];
  expect(execFileSync('npx', args, { encoding: 'utf8' })).toContain('no dependency violations found');
});
