import { json } from 'node:stream/consumers';
import type { AbsencesView } from '../../../server/api/contract/absences.ts';
import type { Door, Reply } from './serve-pages.ts';

type Absence = AbsencesView['absences'][number];

/** What the server says of leaves. */
export type AbsenceApi = {
  absences: () => Reply<AbsencesView>;
  planAbsence: (plan: unknown) => Reply<Absence>;
  cancelAbsence: (id: string) => Reply<{ isGone: true }>;
};

/** Doors of the scripted API. */
export const ABSENCE_DOORS: Door<AbsenceApi>[] = [
  [/^GET \/api\/v1\/absences$/, (api) => api.absences()],
  [/^POST \/api\/v1\/absences$/, async (api, _id, request) => api.planAbsence(await json(request))],
  [/^POST \/api\/v1\/absences\/(.+)\/cancel$/, (api, id) => api.cancelAbsence(id)],
];

/** Away now, with a stand-in. */
export const anAbsence = (changes: Partial<Absence> = {}): Absence => ({
  id: 'l1',
  staff: { staffId: 'zhaomin', name: '赵敏' },
  from: '2026-11-20',
  to: '2026-11-25',
  standIn: { staffId: 'chenlu', name: '陈璐' },
  ...changes,
});

/** Somebody is away, and somebody will be; whatever is asked is done. */
export const someLeaves = (): AbsenceApi => ({
  absences: () => ({
    absences: [
      anAbsence(),
      anAbsence({
        id: 'l2',
        staff: { staffId: 'zhangwei', name: '张伟' },
        from: '2026-12-01',
        to: '2026-12-01',
        standIn: null,
      }),
    ],
  }),
  planAbsence: () => anAbsence(),
  cancelAbsence: () => ({ isGone: true }),
});
