import type { Answers, Case } from './permission-cases.ts';

const ADMINS: Answers = [401, 403, 403, 403, 403, 200, 403];
/** Who may, finds nothing there. */
const ADMINS_IN_VAIN: Answers = [401, 403, 403, 403, 403, 404, 403];

/** The routes of other systems: their keys, what they send and take out, and what they are told. */
export const MACHINE_ROUTES: Record<string, Case> = {
  'GET /api/v1/api-keys': { expected: ADMINS, path: () => '/api/v1/api-keys' },
  'POST /api/v1/api-keys': {
    expected: ADMINS,
    path: () => '/api/v1/api-keys',
    body: { name: 'ERP', scopes: ['export'] },
  },
  'POST /api/v1/api-keys/:id/revoke': {
    expected: [401, 403, 403, 403, 403, 404, 403],
    path: () => `/api/v1/api-keys/${'0'.repeat(24)}/revoke`,
    body: {},
  },
  'POST /api/v1/orders': {
    expected: ADMINS,
    path: () => '/api/v1/orders',
    body: { orders: [{ externalId: 'o1', account: '丙', amountYuan: 1, paidOn: '2026-03-01' }] },
  },
  'POST /api/v1/orders/:externalId/refunds': {
    expected: [401, 403, 403, 403, 403, 409, 403],
    path: () => '/api/v1/orders/none/refunds',
    body: { externalId: 'r1', amountYuan: 1, refundedOn: '2026-03-01' },
  },
  'PUT /api/v1/accounts': {
    expected: ADMINS,
    path: () => '/api/v1/accounts',
    body: { accounts: [{ name: '丁' }] },
  },
  'POST /api/v1/contracts': {
    expected: ADMINS,
    path: () => '/api/v1/contracts',
    body: { contracts: [{ externalId: 'c1', account: '丙', amountYuan: 1, signedOn: '2026-03-01' }] },
  },
  'POST /api/v1/payments': {
    expected: ADMINS,
    path: () => '/api/v1/payments',
    body: {
      payments: [
        {
          externalId: 'p1',
          contractExternalId: 'none',
          milestone: 'delivery',
          amountYuan: 1,
          paidOn: '2026-03-01',
        },
      ],
    },
  },
  'POST /api/v1/contacts/kdm': {
    expected: ADMINS,
    path: () => '/api/v1/contacts/kdm',
    body: { contacts: [{ externalUserId: 'wmNobody', title: '部长' }] },
  },
  'GET /api/v1/webhooks': { expected: ADMINS, path: () => '/api/v1/webhooks' },
  'POST /api/v1/webhooks': {
    expected: ADMINS,
    path: () => '/api/v1/webhooks',
    body: { url: 'https://erp.example/hook', events: ['account.changed'] },
  },
  'POST /api/v1/webhooks/:id/delete': {
    expected: ADMINS_IN_VAIN,
    path: () => `/api/v1/webhooks/${'0'.repeat(24)}/delete`,
    body: {},
  },
  'POST /api/v1/webhooks/:id/test': {
    expected: ADMINS_IN_VAIN,
    path: () => `/api/v1/webhooks/${'0'.repeat(24)}/test`,
    body: {},
  },
  'GET /api/v1/webhooks/:id/deliveries': {
    expected: ADMINS_IN_VAIN,
    path: () => `/api/v1/webhooks/${'0'.repeat(24)}/deliveries`,
  },
  'POST /api/v1/webhooks/:id/replay': {
    expected: ADMINS_IN_VAIN,
    path: () => `/api/v1/webhooks/${'0'.repeat(24)}/replay`,
    body: {},
  },
  'GET /api/v1/exports/:kind': { expected: ADMINS, path: () => '/api/v1/exports/departments' },
};
