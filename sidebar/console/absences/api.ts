import type { AbsencesView } from '../../../server/api/contract/absences.ts';
import { call } from '../../parts/api.ts';

export type Absence = AbsencesView['absences'][number];

/** Leaves that are not over: one's own, for managers those of the team. */
export const readAbsences = () => call<AbsencesView>('/absences');

/** A leave to be kept, whole days, both included. */
type Plan = { staffId: string; from: string; to: string; standInId: string | null };
export const planAbsence = (plan: Plan) => call<Absence>('/absences', plan);

/** Takes a leave back. */
export const cancelAbsence = (id: string) => call<unknown>(`/absences/${encodeURIComponent(id)}/cancel`, {});
