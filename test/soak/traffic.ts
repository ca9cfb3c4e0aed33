import type { SandboxPlatform } from '@genjin/wecom-sandbox';
import type { SandboxRelation } from '@genjin/wecom-sandbox';
import type { Dice } from '../../server/demo/dice.ts';

const COMPANIES = ['苏州恒锐精密', '宁波鼎盛模具', '远见机电', '华东铝业', '青禾包装', '北辰仪表'];

/** How often each kind of thing was done, and how often each pair met. */
export type Traffic = { done: Record<string, number>; meetings: Map<string, number> };

type Living = { platform: SandboxPlatform; dice: Dice; traffic: Traffic };
type Act = (living: Living) => boolean;

const pairOf = ({ userid, externalUserId }: { userid: string; externalUserId: string }) =>
  `${userid}.${externalUserId}`;

const addCustomer: Act = ({ platform, dice, traffic }) => {
  const userid = dice.pick(
    platform.state.corp.staff.filter((each) => each.hasCustomers && each.isVisible),
  ).userid;
  const { externalUserId } = platform.actions.addCustomer({
    userid,
    name: `客户${platform.state.sequence}`,
    ...(dice.chance(70) ? { corpName: `${dice.pick(COMPANIES)}${dice.int(1, 40)}厂` } : {}),
    viaHalf: dice.chance(20),
  });
  const pair = pairOf({ userid, externalUserId });
  traffic.meetings.set(pair, (traffic.meetings.get(pair) ?? 0) + 1);
  return true;
};

const withRelation =
  (act: (living: Living, relation: SandboxRelation) => void): Act =>
  (living) => {
    const found = living.platform.state.corp.relations.filter((each) => !each.deletedByCustomer);
    if (found.length === 0) return false;
    act(living, living.dice.pick(found));
    return true;
  };

/** What people do, with how many of a hundred it is. */
const ACTS: Readonly<Record<string, { share: number; act: Act }>> = {
  add: { share: 50, act: addCustomer },
  remark: {
    share: 30,
    act: withRelation(({ platform, dice }, { userid, externalUserId }) =>
      platform.actions.editRemark({ userid, externalUserId, remark: `备注${dice.int(1, 1e6)}` }),
    ),
  },
  company: {
    share: 10,
    act: withRelation(({ platform, dice }, { userid, externalUserId }) =>
      platform.actions.editRemark({
        userid,
        externalUserId,
        remarkCorpName: `${dice.pick(COMPANIES)}${dice.int(1, 40)}厂`,
      }),
    ),
  },
  deletedByStaff: {
    share: 5,
    act: withRelation(({ platform }, { userid, externalUserId }) =>
      platform.actions.deleteCustomer({ userid, externalUserId }),
    ),
  },
  deletedByCustomer: {
    share: 5,
    act: withRelation(({ platform }, { userid, externalUserId }) =>
      platform.actions.deleteStaff({ userid, externalUserId }),
    ),
  },
};

/** One thing that somebody does in WeCom. */
export function actOnce(living: Living): void {
  let roll = living.dice.int(1, 100);
  for (const [name, { share, act }] of Object.entries(ACTS)) {
    roll -= share;
    if (roll > 0) continue;
    if (act(living)) living.traffic.done[name] = (living.traffic.done[name] ?? 0) + 1;
    return;
  }
}
