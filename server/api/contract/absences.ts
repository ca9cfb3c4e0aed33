import { z } from 'zod';
import { MEMBERS, NOTHING } from './access.ts';
import { askedDay } from './days.ts';

const day = z.iso.date();
const person = z.object({ staffId: z.string(), name: z.string() });

/** One leave 请假, whole days, both ends included; `standIn` is told what is due where the account has no deputy. */
export const AbsenceShape = z.object({
  id: z.string(),
  staff: person,
  from: day,
  to: day,
  standIn: person.nullable(),
});

/** `GET /api/v1/absences`: those that are not over, of the caller and, for managers, of their departments. */
export const GetAbsences = {
  access: MEMBERS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({}),
  body: z.unknown(),
  answer: z.object({ absences: z.array(AbsenceShape) }),
};
export type AbsencesView = z.infer<typeof GetAbsences.answer>;

/**
 * `POST /api/v1/absences`: the caller's own, or that of somebody in their departments. 400 `invalid_absence`; 403
 * `not_your_team`; 409 `absence_overlaps`.
 */
export const PostAbsence = {
  access: MEMBERS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({}),
  body: z.object({
    staffId: z.string().min(1).max(64).optional(), // the caller when left out
    from: askedDay,
    to: askedDay,
    standInId: z.string().min(1).max(64).nullable().default(null),
  }),
  answer: AbsenceShape,
};

/** `POST /api/v1/absences/:id/cancel`: takes it back. 404 `absence_not_found`; 403 `not_your_team`. */
export const PostCancelAbsence = {
  access: MEMBERS,
  load: NOTHING,
  params: z.object({ id: z.string().min(1).max(200) }),
  query: z.object({}),
  body: z.unknown(),
  answer: z.object({ isGone: z.literal(true) }),
};
