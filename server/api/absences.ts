import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { cancelAbsence } from '../flows/absences/cancel-absence.ts';
import { listAbsences } from '../flows/absences/list-absences.ts';
import { planAbsence } from '../flows/absences/plan-absence.ts';
import { spellIds } from '../flows/staff/spell-ids.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { Signed } from './caller.ts';
import { GetAbsences, PostAbsence, PostCancelAbsence } from './contract/absences.ts';

/** Who is away, and who stands in. */
export const absenceRoutes = (context: Context) =>
  new Router<Signed>()
    .get(
      '/absences',
      apiEndpoint(context, GetAbsences, (_input, { caller }) => listAbsences(context, caller)),
    )
    .post(
      '/absences',
      apiEndpoint(context, PostAbsence, async ({ body }, { caller }) => {
        const [staffId = ''] = await spellIds(context, [body.staffId ?? caller.staffId]);
        const [standInId = null] = await spellIds(context, body.standInId ? [body.standInId] : []);
        return planAbsence(context, caller, { ...body, staffId, standInId });
      }),
    )
    .post(
      '/absences/:id/cancel',
      apiEndpoint(context, PostCancelAbsence, ({ params }, { caller }) =>
        cancelAbsence(context, caller, params.id),
      ),
    );
