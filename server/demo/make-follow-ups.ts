import type { BookFollowUp, BookOrder } from './book.ts';
import { daysBefore, inOfficeHours, shanghaiDay } from './days.ts';
import type { Dice } from './dice.ts';
import type { SlottedContact } from './make-contacts.ts';
import { addressOf } from './person-names.ts';
import type { Standing } from './standing.ts';
import { DEAL_SCENES, LEAD_SCENES } from './talk-scenes.ts';
import type { TalkScene } from './talk-scenes.ts';

/** Default rhythm in days. Source: domain.md §6. */
const RHYTHM = {
  head: { target: 7, gap: 2 },
  waist: { target: 14, gap: 4 },
  tail: { target: 30, gap: 10 },
  old: { target: 10, gap: 3 },
  none: { target: 21, gap: 7 },
} as const;

/** How an account stands today, dealt out in turn so that a demonstration shows every state. */
const PACES = ['overdue', 'fresh', 'due', 'too_soon', 'fresh', 'long_overdue', 'fresh', 'overdue'] as const;
type Pace = (typeof PACES)[number];

/** Fewest and most talks of an account. */
const TALKS = { head: [6, 10], waist: [3, 6], tail: [1, 3], old: [1, 2], none: [1, 2] } as const;

/** What a talk may refer to; `index` decides the account's pace. */
type Story = {
  index: number;
  contacts: SlottedContact[];
  orders: BookOrder[];
  standing: Standing;
  now: Date;
};

/** An account's talks, oldest first; the last one leaves the account overdue, due, fresh or talked to a moment ago. */
export function makeFollowUps(dice: Dice, story: Story): BookFollowUp[] {
  const { standing, now, index } = story;
  const pace = PACES[index % PACES.length] ?? 'fresh';
  const scenes = story.orders.length > 0 ? DEAL_SCENES : LEAD_SCENES;
  const firstScene = dice.int(0, scenes.length - 1);
  const talks = daysOfTalks(dice, pace, standing).flatMap((daysAgo, position) => {
    const isLast = position === 0;
    const at = inOfficeHours(daysBefore(now, daysAgo), dice.int(9, 17), dice.int(0, 59));
    const known = story.contacts.filter((contact) => contact.createdAt < at && at <= now);
    const scene = scenes[(firstScene + position) % scenes.length];
    if (known.length === 0 || !scene) return [];
    const contact = dice.pick(known);
    return [
      {
        ...fillScene(scene, {
          dice,
          contact,
          orders: story.orders,
          isLast,
          mayWait: daysAgo <= 2 || pace.endsWith('overdue'),
        }),
        at,
        nextOn: nextDay(dice, at, isLast ? pace : 'fresh'),
      },
    ];
  });
  return talks.toReversed();
}

/** Days before now, the last talk first. */
function daysOfTalks(dice: Dice, pace: Pace, standing: Standing): number[] {
  const [fewest, most] = TALKS[standing.group];
  let daysAgo = daysSince(dice, pace, standing);
  return Array.from({ length: dice.int(fewest, most) }, (_, position) => {
    if (position > 0) daysAgo += RHYTHM[standing.group].target + dice.int(-3, 20);
    return daysAgo;
  });
}

/** Days since the last talk; a fresh one lies between the minimum gap and the target. */
function daysSince(dice: Dice, pace: Pace, { group }: Standing): number {
  const { target, gap } = RHYTHM[group];
  if (pace === 'too_soon') return Math.max(1, gap - 3);
  if (pace === 'fresh') return Math.floor((gap + target) / 2);
  if (pace === 'due') return target;
  return target + (pace === 'overdue' ? dice.int(3, 6) : dice.int(14, 30));
}

/** Who plays in a scene. */
type Cast = {
  dice: Dice;
  contact: SlottedContact;
  orders: BookOrder[];
  isLast: boolean;
  mayWait: boolean; // the account is late anyway, or was spoken to a moment ago
};

/** A scene with names and product filled in; only the last talk of an account leaves a question open. */
function fillScene(
  { question, ...scene }: TalkScene,
  { dice, contact, orders, isLast, mayWait }: Cast,
): Omit<BookFollowUp, 'at' | 'nextOn'> {
  const product = orders.at(-1)?.product ?? '六轴上下料机器人工作站';
  const address = addressOf(contact.realName, contact.title);
  const fill = (text: string) => text.replaceAll('{P}', product).replaceAll('{W}', address);
  return {
    externalUserId: contact.externalUserId,
    staffId: contact.staffIds[0] ?? '',
    channel: scene.channel,
    purpose: fill(scene.purpose),
    notes: fill(scene.notes),
    questions:
      question === null ? [] : [{ text: fill(question), isOpen: isLast && dice.chance(70) && mayWait }],
    nextStep: fill(scene.nextStep),
  };
}

/** Some promise a day; a promise that was not kept makes an account overdue. */
function nextDay(dice: Dice, at: Date, pace: Pace): string | null {
  if (pace === 'due' || pace === 'too_soon' || dice.chance(45)) return null;
  const days = pace === 'fresh' ? dice.int(7, 20) : dice.int(3, 6);
  return shanghaiDay(inOfficeHours(daysBefore(at, -days), 12, 0));
}
