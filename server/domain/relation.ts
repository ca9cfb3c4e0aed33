/** The key of a follow relation. */
export type RelationKey = { staffId: string; externalUserId: string };

/** The id under which a relation is kept. */
export const relationId = ({ staffId, externalUserId }: RelationKey) => `${staffId}:${externalUserId}`;
