import type { SandboxCorp, SandboxCustomer } from '@genjin/wecom-sandbox';
import { sandboxId } from '@genjin/wecom-sandbox';
import type { Book, BookContact, BookRow } from './book.ts';
import { corpFrame } from './corp-frame.ts';
import { daysBefore } from './days.ts';
import { createDice } from './dice.ts';
import type { Dice } from './dice.ts';
import { makeBookRows, SALES_IDS } from './make-book-rows.ts';
import { makeComplaints } from './make-complaints.ts';
import { makeGroups } from './make-groups.ts';
import { makeNpsAnswers } from './make-nps-answers.ts';
import { makeSandboxDeals } from './make-sandbox-deals.ts';
import { rollPerson } from './person-names.ts';
import { followsOf } from './make-relations.ts';
import { standingOf } from './standing.ts';

/** How many companies the sandbox corp sells to, and how many contacts have no company known. */
const COMPANIES = 60;
const STRAYS = 5;

/** The sandbox corp as WeCom sees it, and the book as our own database holds it; deterministic by seed and `now`. */
export function makeCorp({ seed, now }: { seed: number; now: Date }): { corp: SandboxCorp; book: Book } {
  const corp = corpFrame(seed);
  const rows = [...makeBookRows({ seed, accounts: COMPANIES, now })];
  const dice = createDice(seed, COMPANIES);
  const contacts = [...rows.flatMap((row) => row.contacts), ...makeStrays(dice, seed, now)];
  corp.customers = contacts.map((contact) => customerOf(seed, contact));
  corp.relations = contacts.flatMap(followsOf);
  corp.customers.push(...makeStrangers(seed, rows));
  corp.groups = makeGroups({ seed, rows, now });
  return {
    corp,
    book: {
      accounts: rows.map((row) => row.account),
      orders: rows.flatMap((row) => row.orders),
      kdm: rows.flatMap((row) => row.kdm),
      followUps: rows.flatMap((row) => row.followUps),
      npsAnswers: makeNpsAnswers(dice, rows, now),
      ...makeSandboxDeals({ seed, rows, now }),
      complaints: makeComplaints(rows, now),
    },
  };
}

/** A contact as the platform knows him; a WeCom user shows his company himself. */
function customerOf(seed: number, contact: BookContact): SandboxCustomer {
  const { externalUserId, name, type, gender, remarkCorpName, title } = contact;
  return {
    externalUserId,
    name,
    type,
    gender,
    corpName: type === 2 ? remarkCorpName : null,
    position: type === 2 ? title : null,
    openId: sandboxId(seed, 'o', externalUserId),
    unionId: null,
    introducedAs: null,
  };
}

/** People from exhibitions and groups about whom nobody wrote down a company; the last one came just now. */
function makeStrays(dice: Dice, seed: number, now: Date): BookContact[] {
  return Array.from({ length: STRAYS }, (_, index) => {
    const person = rollPerson(dice);
    const daysAgo = index === STRAYS - 1 ? 0.4 : dice.int(4, 200);
    return {
      externalUserId: sandboxId(seed, 'wm', `stray:${index}`),
      name: person.shownAs,
      remark: index % 2 === 0 ? person.name : `${person.name} 展会`,
      remarkCorpName: '',
      type: 1,
      gender: person.gender,
      title: '',
      staffIds: [SALES_IDS[index % SALES_IDS.length] ?? SALES_IDS[0]],
      addWay: index % 2 === 0 ? 4 : 1,
      state: index % 2 === 0 ? '' : 'ciie2025',
      createdAt: daysBefore(now, daysAgo),
    };
  });
}

/** Three people whom nobody follows yet: one of the best customer, a WeCom user of a middling one, one of nowhere. */
function makeStrangers(seed: number, rows: BookRow[]): SandboxCustomer[] {
  const nameAt = (group: 'head' | 'waist') =>
    rows.find((_, index) => standingOf(index, rows.length).group === group)?.account.name ?? '';
  const stranger = (
    key: string,
    more: Pick<SandboxCustomer, 'name' | 'gender'> & Partial<SandboxCustomer>,
  ) => ({
    externalUserId: sandboxId(seed, more.type === 2 ? 'wo' : 'wm', `stranger:${key}`),
    type: 1 as const,
    corpName: null,
    position: null,
    openId: sandboxId(seed, 'o', `stranger:${key}`),
    unionId: null,
    introducedAs: null,
    ...more,
  });
  return [
    stranger('head', {
      name: '徐立军',
      gender: 1,
      introducedAs: { remark: '徐立军 采购总监', remarkCorpName: nameAt('head') },
    }),
    stranger('waist', {
      name: '孟佳怡',
      gender: 2,
      type: 2,
      corpName: nameAt('waist'),
      position: '设备部经理',
    }),
    stranger('unknown', { name: '阿海', gender: 1 }),
  ];
}
