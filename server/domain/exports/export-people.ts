import { ACCOUNT_COLUMNS } from '../accounts/account.ts';
import type { Day } from '../calendar.ts';
import type { CustomField } from '../accounts/custom-field.ts';
import { sheetOf, wordOf, yuanCell, type Sheet } from './export-cells.ts';
import { BUDGET_NAMES, CLOSENESS_NAMES, KDM_COLUMNS, LEVEL_NAMES, ROLE_NAMES } from '../contacts/kdm-row.ts';
import type { ContactMethod, Kdm } from '../contacts/kdm.ts';
import { STAGE_TAGS } from '../tags/tagging.ts';
import { tierName } from '../texts.ts';
import type { Stage } from '../classification/lifecycle.ts';
import type { Tier } from '../classification/tier.ts';
import type { ValueClass } from '../classification/value-class.ts';

/* Customers and their people, first in the columns of their imports, then what we found out. */

type KeptAccount = {
  _id: string;
  name: string;
  isSolo: boolean;
  externalId?: string;
  industry: string;
  region: string;
  size: string;
  ownerId: string | null;
  deputyId: string | null;
  knownSince: Date;
  tier: Tier;
  valueClass: ValueClass;
  stage: Stage;
  dueOn: Day | null;
  lastTouchAt: Date | null;
  mergedInto: string | null;
  custom?: Record<string, unknown>;
};

/** Value classes as people read them. Source: domain.md §4. */
const CLASS_NAMES: Record<ValueClass, string> = {
  diamond: '钻石',
  gold: '黄金',
  strategic: '战略',
  potential: '潜力',
  general: '一般',
  problem: '问题',
};

/** Customers, with the administrator's own fields; one that was merged into another is no row, for an import would bring it back. */
export const accountSheet = (fields: readonly CustomField[]): Sheet =>
  sheetOf<KeptAccount>(
    [
      [ACCOUNT_COLUMNS.external_id, ({ externalId }) => externalId],
      [ACCOUNT_COLUMNS.name, ({ name }) => name],
      [ACCOUNT_COLUMNS.industry, ({ industry }) => industry],
      [ACCOUNT_COLUMNS.region, ({ region }) => region],
      [ACCOUNT_COLUMNS.size, ({ size }) => size],
      [ACCOUNT_COLUMNS.owner, ({ ownerId }) => ownerId],
      ...fields.map(({ key, label }) => [label, ({ custom }: KeptAccount) => custom?.[key]] as const),
      [ACCOUNT_COLUMNS.id, ({ _id }) => _id],
      [ACCOUNT_COLUMNS.is_solo, ({ isSolo }) => isSolo || null],
      [ACCOUNT_COLUMNS.deputy, ({ deputyId }) => deputyId],
      ['客户分层', ({ tier }) => tierName(tier)],
      ['价值分类', ({ valueClass }) => CLASS_NAMES[valueClass]],
      ['客户阶段', ({ stage }) => STAGE_TAGS[stage]],
      ['最近跟进', ({ lastTouchAt }) => lastTouchAt],
      ['下次跟进', ({ dueOn }) => dueOn],
      [ACCOUNT_COLUMNS.known_since, ({ knownSince }) => knownSince],
    ],
    (account) => (account.mergedInto ? [] : [account]),
  );

type KeptContact = {
  _id: string;
  name: string;
  position: string;
  corpName: string;
  accountId: string | null;
  kdm: Kdm;
};

const waysOf = ({ kdm }: KeptContact, of: ContactMethod['kind']) =>
  (kdm.methods ?? []).flatMap(({ kind, value }) => (kind === of ? [value] : []));

/** Contacts with their profiles 关键决策人. */
export const CONTACT_SHEET: Sheet = sheetOf<KeptContact>(
  [
    [KDM_COLUMNS.external_userid, ({ _id }) => _id],
    [KDM_COLUMNS.department, ({ kdm }) => kdm.department],
    [KDM_COLUMNS.title, ({ kdm }) => kdm.title],
    [KDM_COLUMNS.level, ({ kdm }) => wordOf(LEVEL_NAMES, kdm.level)],
    [KDM_COLUMNS.superior, ({ kdm }) => kdm.superiorId],
    [KDM_COLUMNS.is_top, ({ kdm }) => kdm.isTop || null],
    [KDM_COLUMNS.scope, ({ kdm }) => kdm.scope],
    [KDM_COLUMNS.authority, ({ kdm }) => kdm.authority],
    [KDM_COLUMNS.budget, ({ kdm }) => wordOf(BUDGET_NAMES, kdm.budget)],
    [KDM_COLUMNS.budget_up_to_yuan, ({ kdm }) => yuanCell(kdm.budgetUpToFen)],
    [KDM_COLUMNS.mobile, (contact) => waysOf(contact, 'mobile')],
    [KDM_COLUMNS.wechat, (contact) => waysOf(contact, 'wechat')],
    [KDM_COLUMNS.email, (contact) => waysOf(contact, 'email')],
    [KDM_COLUMNS.other, (contact) => waysOf(contact, 'other')],
    [KDM_COLUMNS.closeness, ({ kdm }) => wordOf(CLOSENESS_NAMES, kdm.closeness)],
    [KDM_COLUMNS.decision_role, ({ kdm }) => wordOf(ROLE_NAMES, kdm.decisionRole)],
    [KDM_COLUMNS.guide_level, ({ kdm }) => kdm.guideLevel],
    [KDM_COLUMNS.style, ({ kdm }) => kdm.style],
    [KDM_COLUMNS.birthday, ({ kdm }) => kdm.birthday],
    [KDM_COLUMNS.notes, ({ kdm }) => kdm.notes],
    ['姓名', ({ name }) => name],
    ['企业微信职务', ({ position }) => position],
    ['所属企业', ({ corpName }) => corpName],
    ['客户编号', (_contact, { accountId }, { accountOf }) => accountOf(accountId).externalId],
    ['客户名称', (_contact, { accountId }, { accountOf }) => accountOf(accountId).name],
    ['资料确认时间', ({ kdm }) => kdm.confirmedAt],
  ],
  (contact) => [contact],
);
