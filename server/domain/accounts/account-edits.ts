/** Fields of an account that people change on its page, as they are called there; own fields stand as `custom:<key>`. */
export const EDITED_FIELDS = {
  name: '客户名称',
  industry: '行业',
  region: '地区',
  size: '规模',
  ownerId: '负责人',
  deputyId: '协作人',
  referredById: '推荐客户',
  tierPin: '指定分层',
  stagePin: '指定阶段',
  strategicMark: '战略标记',
  potentialScore: '潜力评分',
  sharePercent: '我方份额',
} as const;

/** What people changed by hand: how often, who did it last and when, and by which of the times each field was changed last. */
export type AccountEdits = { version: number; by: string; at?: Date; fields?: Record<string, number> };

/** How often people changed an account by hand; 0 where nobody counted. */
export const versionOf = ({ edits }: { edits?: AccountEdits | undefined }): number => edits?.version ?? 0;

/** The fields that were changed after `version`, the latest first. */
export const changedSince = (edits: AccountEdits | undefined, version: number): string[] =>
  Object.entries(edits?.fields ?? {})
    .filter(([, at]) => at > version)
    .toSorted(([, a], [, b]) => b - a)
    .map(([field]) => field);

/** What a field is called; an own field by its label. */
export function fieldLabel(field: string, custom: readonly { key: string; label: string }[]): string {
  const own = custom.find(({ key }) => field === `custom:${key}`);
  return own?.label ?? EDITED_FIELDS[field as keyof typeof EDITED_FIELDS] ?? field;
}
