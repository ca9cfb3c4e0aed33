/** What WeCom tells about the company of a contact. */
export type CompanyClues = { corpName?: string | null | undefined; remarkCorpNames: readonly string[] };

/** The company of a contact: what WeCom knows, else what staff noted first; null when nobody knows. */
export function companyOf({ corpName, remarkCorpNames }: CompanyClues): string | null {
  const named = [corpName ?? '', ...remarkCorpNames].map((name) => name.trim()).find(Boolean);
  return named ?? null;
}

/** One spelling for names that people write in several ways: width, case and blanks do not count. */
export function companyKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
}
