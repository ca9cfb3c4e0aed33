import type { SandboxPlatform } from '@genjin/wecom-sandbox';
import type { KeptMessage } from '@genjin/wecom-sandbox';
import type { Relation } from '../../server/store/relation-model.ts';

/** Everything in which our living relations and the platform's do not agree, one line each. */
export function differencesOf(
  { state }: Pick<SandboxPlatform, 'state'>,
  ours: readonly Relation[],
): string[] {
  const theirs = state.corp.relations.filter((each) => !each.deletedByCustomer);
  const known = new Map(ours.map((each) => [each._id.toLowerCase(), each]));
  const differences: string[] = [];
  for (const relation of theirs) {
    const id = `${relation.userid}:${relation.externalUserId}`.toLowerCase();
    const mine = known.get(id);
    known.delete(id);
    if (!mine) differences.push(`${id}: not in our book`);
    else {
      const wrong = factsThatDiffer(mine, relation);
      if (wrong.length > 0) differences.push(`${id}: ${wrong.join(', ')} differ`);
    }
  }
  return [...differences, ...[...known.keys()].map((id) => `${id}: in our book only`)];
}

type Facts = { remark: string; remarkCorpName: string; description: string; tagIds: string[] };

function factsThatDiffer(mine: Facts, theirs: Facts): string[] {
  const texts = (['remark', 'remarkCorpName', 'description'] as const).filter(
    (name) => mine[name] !== theirs[name],
  );
  const isSameTags = [...mine.tagIds].sort().join() === [...theirs.tagIds].sort().join();
  return isSameTags ? texts : [...texts, `tags ${mine.tagIds.join()} / ${theirs.tagIds.join()}`];
}

/** Relations of the platform that do not carry exactly one tag of our stages. */
export function untaggedOf({ state }: SandboxPlatform): string[] {
  const stages = new Set(
    state.corp.tagGroups
      .filter(({ name, isDeleted }) => name === '客户阶段' && !isDeleted)
      .flatMap(({ tags }) => tags.map(({ id }) => id)),
  );
  return state.corp.relations
    .filter((each) => !each.deletedByCustomer && each.tagIds.filter((id) => stages.has(id)).length !== 1)
    .map(({ userid, externalUserId }) => `${userid}:${externalUserId}: not exactly one stage tag`);
}

/** Messages that reached somebody more often than they may: a welcome once per meeting, anything else once a day. */
export function doublesOf(
  { state }: SandboxPlatform,
  { meetings }: { meetings: ReadonlyMap<string, number> },
  welcome: string,
): string[] {
  const counts = new Map<string, number>();
  const keys = [
    ...state.messages.flatMap((message) => keyOf(message, welcome)),
    ...state.massMessages
      .flatMap(({ tasks }) => tasks.flatMap(({ recipients }) => recipients))
      .map(({ externalUserId }) => `mass ${externalUserId}`),
  ];
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts]
    .filter(([key, count]) => count > (meetings.get(key.replace('welcome ', '')) ?? 1))
    .map(([key, count]) => `${key}: ${count} times`);
}

/** What makes two messages the same one; lines that people wrote themselves are none of ours. */
function keyOf(message: KeptMessage, welcome: string): string[] {
  if (message.kind === 'app')
    return [`app ${message.to} ${message.at.slice(0, 10)} ${message.text ?? message.card?.title}`];
  if (message.text !== welcome) return [];
  return [`welcome ${message.from.slice('staff:'.length)}.${message.to.slice('customer:'.length)}`];
}
