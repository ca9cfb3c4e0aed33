import type { AuditVerified, AuditView } from '../../../server/api/contract/audit.ts';
import type { PreviewView, SettingsView } from '../../../server/api/contract/settings.ts';
import { CLASSIFYING, DEFAULT_SETTINGS, SECTION_NAMES } from '../../../server/domain/settings.ts';

/** Every section as nobody ever saved it, except for the tiers. */
export const someSettings = (): SettingsView => ({
  sections: SECTION_NAMES.map((name) => ({
    name,
    value: DEFAULT_SETTINGS[name],
    version: name === 'tier' ? 3 : 0,
    defaults: DEFAULT_SETTINGS[name],
    canPreview: CLASSIFYING.includes(name),
    savedBy: name === 'tier' ? { staffId: 'olga', name: '欧阳丽' } : null,
    savedAt: name === 'tier' ? '2026-11-20T02:00:00.000Z' : null,
  })),
});

export const aPreview = (): PreviewView => ({
  seen: 400,
  changed: 34,
  moves: [{ kind: 'tier', from: 'waist', to: 'head', count: 34 }],
  examples: [{ accountId: 'a1', name: '华东精密制造有限公司', kind: 'tier', from: 'waist', to: 'head' }],
});

export const anAuditPage = (): AuditView => ({
  entries: [
    {
      id: 'w:2',
      by: { id: 'olga', name: '欧阳丽' },
      at: '2026-11-21T03:00:00.000Z',
      act: 'settings.tier',
      subject: 'settings:tier',
      status: null,
      from: { head: 10 },
      to: { head: 20 },
    },
    {
      id: 'w:1',
      by: { id: 'zhaomin', name: '赵敏' },
      at: '2026-11-21T02:00:00.000Z',
      act: 'GET /contacts/:externalUserId/profile',
      subject: 'contact:wm_wang',
      status: 403,
      from: null,
      to: null,
    },
  ],
  next: null,
});

export const aWholeLog = (): AuditVerified => ({
  isWhole: true,
  entries: 2,
  forgotten: 0,
  unkeyed: 0,
  unchecked: 0,
  missingKeys: [],
  faultCount: 0,
  faults: [],
  heads: [],
});
