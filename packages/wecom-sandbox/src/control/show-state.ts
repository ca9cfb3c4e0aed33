import { hueOf } from '../ids.ts';
import type { Platform } from '../platform.ts';
import type { PersonId } from '../state.ts';

/** Everything the stand-in client shows, as of now. */
export function showState(platform: Platform, person: PersonId | null): Record<string, unknown> {
  const { corp } = platform.state;
  const { trustedOrigin } = platform.settings;
  return {
    corp: {
      corpId: corp.corpId,
      corpName: corp.corpName,
      agentId: corp.agentId,
      appName: corp.appName,
      // Where the client page must be open for OAuth and the JS-SDK to work.
      ...(trustedOrigin !== null && { publicOrigin: trustedOrigin }),
    },
    person,
    surveyHint: surveyHint(platform, person),
    staff: corp.staff.map((member) => ({
      userid: member.userid,
      name: member.name,
      position: member.position,
      department: corp.departments.find((department) => department.id === member.departments[0])?.name ?? '',
      isLeader: member.leads.length > 0,
      status: member.status,
      hue: hueOf(member.userid),
    })),
    customers: showCustomers(platform),
    relations: corp.relations.map((relation) => ({
      userid: relation.userid,
      externalUserId: relation.externalUserId,
      remark: relation.remark,
      remarkCorpName: relation.remarkCorpName,
      description: relation.description,
      state: relation.state,
      createdAt: new Date(relation.createdAt * 1000).toISOString(),
      deletedByCustomer: relation.deletedByCustomer,
      tags: showTags(platform, relation.tagIds),
    })),
  };
}

/** A customer's company: his own word, what members noted, or what he says when he introduces himself. */
function showCustomers({ state }: Platform): Record<string, unknown>[] {
  const noted = new Map(state.corp.relations.map((row) => [row.externalUserId, row.remarkCorpName]));
  return state.corp.customers.map(({ externalUserId, name, corpName, position, type, introducedAs }) => ({
    externalUserId,
    name,
    corpName: corpName ?? (noted.get(externalUserId) || introducedAs?.remarkCorpName) ?? '',
    position: position ?? '',
    type,
    isStranger: !noted.has(externalUserId),
    hue: hueOf(externalUserId),
  }));
}

/** Tags in words. */
function showTags({ book }: Platform, tagIds: string[]): Record<string, unknown>[] {
  return tagIds.flatMap((id) => {
    const found = book.tag(id);
    return found ? [{ groupName: found.group.name, tagName: found.tag.name }] : [];
  });
}

/** The newest questionnaire link that this customer received; null when there is none. */
function surveyHint({ state }: Platform, person: PersonId | null): string | null {
  const links = state.messages
    .filter((message) => message.kind === 'chat' && message.to === person)
    .flatMap((message) => (message.kind === 'chat' ? message.links : []))
    .map((link) => link.url);
  return links.findLast((url) => url.includes('/s/')) ?? null;
}
