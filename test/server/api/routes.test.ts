import { describe, expect, it } from 'vitest';
import { SCOPES } from '../../../server/domain/staff/permission.ts';
import { declaredRoutes, shapedRoutes, signedRoutes } from '../../support/all-routes.ts';

const signed = signedRoutes();

/** What the parameters of a path may name, by what is loaded of them. */
const NAMED: Readonly<Record<string, string>> = {
  account: ':accountId',
  contact: ':externalUserId',
  complaint: '/complaints/:id',
  task: '/tasks/:id',
  warning: '/warnings/:id',
  webhook: '/webhooks/:id',
};

describe('every route says who may call it and what it loads', () => {
  it('has a shape, and so is forgotten nowhere', () => {
    const shaped = shapedRoutes().map(({ route }) => route);
    expect(declaredRoutes().filter((route) => !shaped.includes(route))).toEqual([]);
    expect(new Set(shaped).size).toBe(shaped.length);
  });

  it('needs a caller, but for questionnaires and the description', () => {
    const open = shapedRoutes().filter(({ shape }) => shape.access === 'anybody');
    expect(open.map(({ route }) => route)).toEqual([
      'GET /survey/:token',
      'POST /survey/:token',
      'GET /openapi.json',
    ]);
  });

  it.each(signed)('$route loads what its path names: $load.what', ({ route, load }) => {
    const named = Object.entries(NAMED).find(([, place]) => route.includes(place))?.[0] ?? 'nothing';
    expect(load.what).toBe(named);
  });

  it.each(signed)(
    '$route is open to administrators, and to managers wherever it is to sales',
    ({ roles }) => {
      expect(roles).toContain('admin');
      expect(!roles.includes('sales') || roles.includes('manager')).toBe(true);
      expect(new Set(roles).size).toBe(roles.length);
    },
  );

  it('names every route by method and path as it is declared', () => {
    for (const { route } of signed) {
      expect(route).toMatch(/^(GET|POST|PUT) \/[a-z][a-zA-Z0-9/:-]*[a-zA-Z0-9]$/);
    }
  });

  it('keeps settings, keys, webhooks and the audit log to administrators', () => {
    const theirs = signed.filter(({ route }) =>
      / \/(settings|api-keys|webhooks|audit|exports|console)/.test(route),
    );
    expect(theirs.length).toBeGreaterThan(10);
    for (const { roles } of theirs) expect(roles).toEqual(['admin']);
  });

  it('gives every scope of a key at least one route, and no key a route that changes who may what', () => {
    const scopes = signed.map(({ scope }) => scope);
    for (const scope of SCOPES) expect(scopes).toContain(scope);
    const risky = signed.filter(({ route }) =>
      / \/(settings|api-keys|webhooks|audit|permissions)/.test(route),
    );
    expect(risky.filter(({ scope }) => scope)).toEqual([]);
  });

  it('lets a key that reads only call routes that only read', () => {
    const reading = signed.filter(({ scope = '' }) => ['accounts:read', 'export'].includes(scope));
    expect(reading.filter(({ route }) => !route.startsWith('GET '))).toEqual([]);
  });

  it('changes nothing of an account or a contact for who may only see it, but to note and to claim', () => {
    const seeing = signed.filter(
      ({ route, load }) =>
        !route.startsWith('GET ') &&
        ['none', 'basics', 'read'].includes(load.to ?? '') &&
        load.what !== 'warning',
    );
    expect(seeing.map(({ route }) => route)).toEqual([
      'POST /accounts/:accountId/follow-ups/:followUpId/correct',
      'POST /accounts/:accountId/follow-ups/:followUpId/take-back',
      'POST /accounts/:accountId/claim',
      'POST /accounts/:accountId/complaints',
    ]);
  });
});
