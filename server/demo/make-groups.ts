import { nextVersion } from '@genjin/wecom-sandbox';
import { sandboxId } from '@genjin/wecom-sandbox';
import type { GroupMember, SandboxGroup } from '@genjin/wecom-sandbox';
import type { BookContact, BookRow } from './book.ts';
import { daysBefore } from './days.ts';
import { createDice } from './dice.ts';
import type { Dice } from './dice.ts';
import { SALES_IDS } from './make-book-rows.ts';

/** Groups for the people of one customer, and groups in which one member gathers many customers. */
const SERVICE_GROUPS = 5;
const COMMUNITIES = ['华东用户交流群', '五轴加工技术交流群', '展会老朋友群'] as const;
/** Their dice are far from those of accounts, so that nothing else changes with them. */
const DICE_INDEX = 900_000;

type Plan = { key: string; name: string; ownerId: string; contacts: BookContact[]; notice: string };

/** The customer groups of the corp, eight of them; deterministic by seed and `now`. */
export function makeGroups({
  seed,
  rows,
  now,
}: {
  seed: number;
  rows: BookRow[];
  now: Date;
}): SandboxGroup[] {
  const dice = createDice(seed, DICE_INDEX);
  return [...servicePlans(rows), ...communityPlans(dice, rows)].map((plan) =>
    groupOf(seed, dice, { plan, now }),
  );
}

/** One group for each of the customers with most contacts. */
function servicePlans(rows: BookRow[]): Plan[] {
  return rows
    .filter((row) => row.contacts.length >= 2)
    .slice(0, SERVICE_GROUPS)
    .map(({ account, contacts }, index) => ({
      key: `service:${index}`,
      name: `${account.name.slice(0, 12)} 服务群`,
      ownerId: contacts[0]?.staffIds[0] ?? SALES_IDS[0],
      contacts,
      notice: '设备报修请在群里留言，工作日两小时内响应。',
    }));
}

/** Some customers of each of three sales. */
function communityPlans(dice: Dice, rows: BookRow[]): Plan[] {
  return COMMUNITIES.map((name, index) => {
    const ownerId = SALES_IDS[index % SALES_IDS.length] ?? SALES_IDS[0];
    const own = rows.flatMap((row) => row.contacts).filter((contact) => contact.staffIds[0] === ownerId);
    const contacts = own.filter(() => dice.chance(55)).slice(0, 20);
    return { key: `community:${index}`, name, ownerId, contacts, notice: '' };
  });
}

/** The owner opens the group when he knows somebody, a colleague and the customers come by and by. */
function groupOf(seed: number, dice: Dice, { plan, now }: { plan: Plan; now: Date }): SandboxGroup {
  const metAt = plan.contacts.map((contact) => contact.createdAt.getTime());
  const openedAt = new Date(Math.min(...metAt, daysBefore(now, 30).getTime()) + 3_600_000);
  const createdAt = Math.floor(openedAt.getTime() / 1000);
  const staffIds = [plan.ownerId, SALES_IDS.find((userid) => userid !== plan.ownerId) ?? 'zhoumingyuan'];
  const colleagues = staffIds.map((id, place) =>
    joined({ id, type: 1 }, createdAt + place * 60, plan.ownerId),
  );
  const customers = plan.contacts.map(({ externalUserId, createdAt: met }) => {
    const at = Math.max(createdAt + 600, Math.floor(met.getTime() / 1000) + dice.int(600, 86_400));
    const comesByCode = dice.chance(30);
    const person = joined(
      { id: externalUserId, type: 2 },
      Math.min(at, Math.floor(now.getTime() / 1000)),
      plan.ownerId,
    );
    return comesByCode ? { ...person, joinScene: 3 as const, invitorId: null } : person;
  });
  const group: SandboxGroup = {
    chatId: sandboxId(seed, 'wr', plan.key),
    openGid: sandboxId(seed, 'og', plan.key),
    name: plan.name,
    ownerId: plan.ownerId,
    createdAt,
    notice: plan.notice,
    members: [...colleagues, ...customers],
    adminIds: [],
    version: '',
    inheritance: 0,
    dismissedAt: null,
  };
  return { ...group, version: nextVersion(group) };
}

/** Somebody whom the owner invited; the owner himself was invited by nobody. */
function joined(person: Pick<GroupMember, 'id' | 'type'>, joinedAt: number, ownerId: string): GroupMember {
  const invitorId = person.id === ownerId ? null : ownerId;
  return { ...person, joinedAt, joinScene: 1, invitorId, nickname: '', state: '' };
}
