import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import type { KdmRow } from '../domain/contacts/kdm-row.ts';
import { importKdm } from '../flows/contacts/import-kdm.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { Signed } from './caller.ts';
import { PostKdmRows, type KdmRowDraft } from './contract/kdm-rows.ts';
import { numbered, takeIn } from './rows.ts';

/** Profiles 关键决策人 as another system tells them; read by the same rules as a file. */
export const kdmRowRoutes = (context: Context) =>
  new Router<Signed>().post(
    '/contacts/kdm',
    apiEndpoint(context, PostKdmRows, ({ body }, { caller }) =>
      takeIn(context, caller, (mode) => importKdm(context, numbered(body.contacts.map(rowOf)), mode)),
    ),
  );

function rowOf({ externalUserId, superior, ...said }: KdmRowDraft): KdmRow {
  const { isTop, budgetUpToYuan, decisionRole, guideLevel, ...same } = said;
  const { mobile, wechat, email, other, ...texts } = same;
  const lists = Object.entries({ mobile, wechat, email, other }).flatMap(([kind, values]) =>
    values ? [[kind, values.join('；')]] : [],
  );
  const filled = Object.entries({
    ...texts,
    superior,
    is_top: isTop === undefined ? undefined : String(isTop),
    budget_up_to_yuan: budgetUpToYuan,
    decision_role: decisionRole,
    guide_level: guideLevel,
  }).flatMap(([field, value]) => (value === undefined ? [] : [[field, String(value)]]));
  return { external_userid: externalUserId, ...Object.fromEntries([...filled, ...lists]) };
}
