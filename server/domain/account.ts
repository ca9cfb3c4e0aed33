import { matchKey } from './match-key.ts';

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

/** The columns of an account import; see contract.md "Import files". */
export const ACCOUNT_COLUMNS = {
  external_id: '客户编号',
  name: '客户名称',
  industry: '行业',
  region: '地区',
  size: '规模',
  owner: '负责人',
  deputy: '协办人',
  id: '系统编号',
  is_solo: '个人客户',
  known_since: '建档时间',
} as const;
