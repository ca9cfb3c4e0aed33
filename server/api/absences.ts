import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { cancelAbsence } from '../flows/absences/cancel-absence.ts';
import { listAbsences } from '../flows/absences/list-absences.ts';
import { planAbsence } from '../flows/absences/plan-absence.ts';
import { spellIds } from '../flows/staff/spell-ids.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Signed } from './caller.ts';
import { GetAbsences, PostAbsence, PostCancelAbsence } from './contract/absences.ts';

/** Who is away, and who stands in. */
export const absenceRoutes = (context: Context) =>
  new Router<Signed>()
    .get(
      '/absences',
      endpoint(GetAbsences, (_input, { caller }: Signed) => listAbsences(context, caller)),
    )
    .post(
      '/absences',
      endpoint(PostAbsence, async ({ body }, { caller }: Signed) => {
        const [staffId = ''] = await spellIds(context, [body.staffId ?? caller.staffId]);
        const [standInId = null] = await spellIds(context, body.standInId ? [body.standInId] : []);
        return planAbsence(context, caller, { ...body, staffId, standInId });
      }),
    )
    .post(
      '/absences/:id/cancel',
      endpoint(PostCancelAbsence, ({ params }, { caller }: Signed) =>
        cancelAbsence(context, caller, params.id),
      ),
    );
