import { sandboxId } from '@genjin/wecom-sandbox';
import type { BookContact } from './book.ts';
import { daysBefore, inOfficeHours } from './days.ts';
import type { Dice } from './dice.ts';
import { rollPerson } from './person-names.ts';
import type { Standing } from './standing.ts';

/** The parts people play at a customer, in the order in which a big account shows them. */
export const SLOTS = ['boss', 'purchaser', 'technical', 'user'] as const;
export type Slot = (typeof SLOTS)[number];

/** Job titles by part. */
const TITLES: Readonly<Record<Slot, readonly string[]>> = {
  boss: ['总经理', '副总经理', '董事长', '生产副总'],
  purchaser: ['采购总监', '采购经理', '供应链经理', '采购主管'],
  technical: ['设备部经理', '技术总监', '工艺工程师', '设备主管'],
  user: ['生产车间主任', '生产经理', '制造部主管', '机加工车间主任'],
};

/** How they came, weighted by repetition; numbered as in WeCom (wecom.md §3.3). */
const ADD_WAYS = [1, 1, 1, 1, 2, 3, 3, 4, 6, 13, 16, 24, 201, 202] as const;
/** Channel codes 渠道活码 in use; only a QR code or an acquisition link carries one. */
const CHANNEL_STATES = ['ciie2025', 'expo_sh', 'website', 'brochure', 'webinar', ''] as const;

export type ContactPlan = {
  seed: number;
  index: number;
  accountName: string;
  shortName: string;
  standing: Standing;
  ownerId: string;
  /** A colleague who follows some contacts too. */
  otherStaffId: string;
  /** Met within the last day, without a word since. */
  isNew: boolean;
  now: Date;
};

/** A contact while his story is written; `realName` may differ from what WeChat shows. */
export type SlottedContact = BookContact & { slot: Slot; realName: string };

/** The contacts of one account: four or three at a head account, two at most of the waist, one elsewhere. */
export function makeContacts(dice: Dice, plan: ContactPlan): SlottedContact[] {
  return slotsFor(dice, plan.standing).map((slot, position) => {
    const person = rollPerson(dice);
    const title = dice.pick(TITLES[slot]);
    const type = dice.chance(14) ? 2 : 1;
    const addWay = dice.pick(ADD_WAYS);
    return {
      externalUserId: sandboxId(plan.seed, type === 1 ? 'wm' : 'wo', `contact:${plan.index}:${position}`),
      name: type === 1 ? person.shownAs : person.name,
      remark: remarkFor(dice, person.name, { title, shortName: plan.shortName }),
      remarkCorpName: plan.accountName,
      type,
      gender: person.gender,
      title,
      staffIds: dice.chance(7) ? [plan.ownerId, plan.otherStaffId] : [plan.ownerId],
      addWay,
      state: addWay === 1 || addWay === 16 ? dice.pick(CHANNEL_STATES) : '',
      createdAt: metAt(dice, plan, position),
      slot,
      realName: person.name,
    };
  });
}

/** Which parts of the buying centre are known. */
function slotsFor(dice: Dice, { group }: Standing): readonly Slot[] {
  if (group === 'head') return dice.chance(60) ? SLOTS : ['boss', 'technical', 'user'];
  if (group === 'waist')
    return dice.chance(80) ? ['purchaser', dice.pick(['technical', 'user', 'boss'])] : ['purchaser'];
  return [dice.pick(['purchaser', 'purchaser', 'technical', 'boss', 'user'])];
}

/** As salespeople write it: 恒锐-张建国, 张建国 采购经理, or the bare name. At most 20 characters. */
function remarkFor(
  dice: Dice,
  name: string,
  { title, shortName }: { title: string; shortName: string },
): string {
  return dice
    .pick([`${shortName}-${name}`, `${name} ${title}`, `${shortName}${title}${name}`, name])
    .slice(0, 20);
}

/** The first contact is met first; customers with orders have been known longer. */
function metAt(dice: Dice, { standing, isNew, now }: ContactPlan, position: number): Date {
  if (isNew) return daysBefore(now, 0.2 + dice.next() * 0.5);
  const oldest = standing.group === 'none' ? 160 : 725;
  const youngest = standing.group === 'none' ? 25 : 130;
  const days = dice.int(youngest, oldest - 60 * position > youngest ? oldest - 60 * position : oldest);
  return inOfficeHours(daysBefore(now, days), dice.int(9, 17), dice.int(0, 59));
}
