import type { Context } from '../../context.ts';
import { contactName } from '../../domain/contacts/contact-name.ts';
import { chainGaps } from '../../domain/contacts/kdm.ts';
import { orgChartOf } from '../../domain/contacts/org-chart.ts';
import type { Account } from '../../store/account-model.ts';
import type { Contact } from '../../store/contacts.ts';

/** Who reports to whom in an account, from the top down, and what its decision chain 决策链 lacks. */
export async function readOrgChart(
  { contacts, relations }: Pick<Context, 'contacts' | 'relations'>,
  caller: { staffId: string },
  account: Account,
) {
  const found = await contacts.ofAccount(account._id);
  const followers = await relations.followersOf(found.map(({ _id }) => _id));
  const called = (person: Contact) => contactName(person, followers, [caller.staffId, account.ownerId]);
  const people = found.map((person) => ({ ...person, name: called(person).name }));
  const { nodes, unplaced } = orgChartOf(people);
  const cards = new Map(people.map((person) => [person._id, cardOf(person)]));
  const card = (id: string) => {
    const found = cards.get(id);
    return found ? [found] : [];
  };
  return {
    accountId: account._id,
    accountName: account.name,
    chainGaps: chainGaps(people.map(({ kdm }) => kdm)),
    nodes: nodes.flatMap(({ externalUserId, depth, superiorId, children, isCut }) =>
      card(externalUserId).map((person) => ({
        ...person,
        depth,
        superiorId,
        reports: children.length,
        isCut,
      })),
    ),
    unplaced: unplaced.flatMap(card),
  };
}

const cardOf = ({ _id: externalUserId, name, position, kdm }: Contact) => ({
  externalUserId,
  name,
  title: kdm.title || position || null,
  level: kdm.level ?? null,
  closeness: kdm.closeness ?? null,
  decisionRole: kdm.decisionRole ?? null,
  guideLevel: kdm.guideLevel ?? null,
  budget: kdm.budget ?? null,
});
