import { column, CUSTOMER_NAME, CUSTOMER_NUMBER, OWNER } from '../imports/column.ts';
import { matchKey } from '../match-key.ts';

/** What WeCom tells about the company of a contact. */
export type CompanyClues = {
  corpName?: string | null | undefined;
  corpFullName?: string | undefined; // the legal name
  remarkCorpNames: readonly string[];
};

/** What the company of a contact is called: as WeCom knows it, else as staff noted it first; null when nobody knows. */
export function companyOf({ corpName, corpFullName, remarkCorpNames }: CompanyClues): string | null {
  const names = [corpName ?? '', corpFullName ?? '', ...remarkCorpNames];
  const named = names.map((name) => name.trim()).find((name) => matchKey(name) !== '');
  return named ?? null;
}

/** How an account became known. Source: domain.md §13. */
export const ACCOUNT_SOURCES = ['wecom', 'channel', 'referral', 'import', 'api', 'manual', 'split'] as const;
export type AccountSourceKind = (typeof ACCOUNT_SOURCES)[number];

/** Where an account came from; `detail` names the channel code, the file or the person. Source: domain.md §13. */
export type AccountSource = { kind: AccountSourceKind; detail: string };

/** The columns of an account import; see contract.md "Import files". */
export const ACCOUNT_COLUMNS = {
  external_id: CUSTOMER_NUMBER,
  name: CUSTOMER_NAME,
  industry: column('text', '行业', { also: ['所属行业', '客户行业', '行业类型', '行业分类'] }),
  region: column('text', '地区', { also: ['区域', '所在地区', '所在地', '所属地区', '所属区域', '地域'] }),
  size: column('text', '规模', { also: ['企业规模', '公司规模', '人员规模', '客户规模'] }),
  owner: OWNER,
  deputy: column('text', '协办人'),
  id: column('id', '系统编号'),
  is_solo: column('text', '个人客户'),
  known_since: column('day', '建档时间', { also: ['建档日期'] }),
} as const;
