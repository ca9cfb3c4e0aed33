/** What WeCom tells about the company of a contact. */
export type CompanyClues = { corpName?: string | null | undefined; remarkCorpNames: readonly string[] };

/** The company of a contact: what WeCom knows, else what staff noted first; null when nobody knows. */
export function companyOf({ corpName, remarkCorpNames }: CompanyClues): string | null {
  const named = [corpName ?? '', ...remarkCorpNames].map((name) => name.trim()).find(Boolean);
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
} as const;
