import { describe, expect, it } from 'vitest';
import { grantOf, PERMISSIONS, SCOPES } from '../../../../server/domain/staff/permission.ts';

const routes = Object.keys(PERMISSIONS);

describe('one table says who may call what', () => {
  it.each(['GET /nothing', '', 'get /me', 'constructor', '__proto__', 'toString'])(
    'a route without an entry answers nobody: “%s”',
    (route) => {
      expect(grantOf(route)).toBeNull();
    },
  );

  it.each(routes)('%s is open to administrators, and to managers wherever it is to sales', (route) => {
    const roles = grantOf(route)?.roles ?? [];
    expect(roles).toContain('admin');
    expect(!roles.includes('sales') || roles.includes('manager')).toBe(true);
    expect(new Set(roles).size).toBe(roles.length);
  });

  it('names every route by method and path as it is declared', () => {
    for (const route of routes) expect(route).toMatch(/^(GET|POST|PUT) \/[a-z][a-zA-Z0-9/:-]*[a-zA-Z0-9]$/);
  });

  it('keeps settings, keys, webhooks and the audit log to administrators', () => {
    const theirs = routes.filter((route) =>
      / \/(settings|api-keys|webhooks|audit|exports|console)/.test(route),
    );
    expect(theirs.length).toBeGreaterThan(10);
    for (const route of theirs) expect(grantOf(route)?.roles).toEqual(['admin']);
  });

  it('gives every scope of a key at least one route, and no key a route that changes who may what', () => {
    const scopes = routes.map((route) => grantOf(route)?.scope);
    for (const scope of SCOPES) expect(scopes).toContain(scope);
    const risky = routes.filter((route) => / \/(settings|api-keys|webhooks|audit|permissions)/.test(route));
    expect(risky.filter((route) => grantOf(route)?.scope)).toEqual([]);
  });

  it('lets a key that reads only call routes that only read', () => {
    const reading = routes.filter((route) =>
      ['accounts:read', 'export'].includes(grantOf(route)?.scope ?? ''),
    );
    expect(reading.filter((route) => !route.startsWith('GET '))).toEqual([]);
  });
});
