import { expect, it } from 'vitest';
import { securityHeaders } from '../../../server/http/security-headers.ts';
import { aTinyApp } from '../../support/tiny-app.ts';

const anApp = () => aTinyApp(securityHeaders(), (ctx) => void (ctx.body = 'x'));

it('lets a page run our own scripts only, and be framed by our own pages only', async () => {
  const { send } = await anApp();
  const { headers } = await send('/sidebar/');
  const policy = Object.fromEntries(
    (headers.get('content-security-policy') ?? '').split('; ').map((rule) => {
      const [name = '', ...sources] = rule.split(' ');
      return [name, sources];
    }),
  );
  expect(policy['script-src'] ?? policy['default-src']).toEqual(["'self'"]);
  expect(policy['frame-ancestors']).toEqual(["'self'"]);
  expect([policy['base-uri'], policy['object-src']]).toEqual([["'none'"], ["'none'"]]);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('same-origin');
});

it('keeps answers of the API out of caches, and pages in them', async () => {
  const { send } = await anApp();
  expect((await send('/api/v1/session')).headers.get('cache-control')).toBe('no-store');
  expect((await send('/sidebar/')).headers.get('cache-control')).toBeNull();
});
