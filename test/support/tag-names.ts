import type { SandboxPlatform } from '@genjin/wecom-sandbox';

/** The tags that the platform has for one relation, as `group/tag`, sorted. */
export function tagNames(
  { state }: Pick<SandboxPlatform, 'state'>,
  key: { userid: string; externalUserId: string },
): string[] {
  const relation = state.corp.relations.find(
    (row) => row.userid === key.userid && row.externalUserId === key.externalUserId,
  );
  const has = new Set(relation?.tagIds ?? []);
  return state.corp.tagGroups
    .flatMap(({ name, tags }) => tags.filter(({ id }) => has.has(id)).map((tag) => `${name}/${tag.name}`))
    .sort();
}
