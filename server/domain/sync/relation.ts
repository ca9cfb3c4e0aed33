/** The key of a follow relation. */
export type RelationKey = { staffId: string; externalUserId: string };

/** The id under which a relation is kept. */
export const relationId = ({ staffId, externalUserId }: RelationKey) => `${staffId}:${externalUserId}`;

/** Whether two userids name one member: WeCom takes small and capital letters for the same. Source: wecom.md §0. */
export const isSameId = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
