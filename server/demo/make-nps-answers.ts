import type { BookNpsAnswer, BookRow } from './book.ts';
import { daysBefore, inOfficeHours } from './days.ts';
import type { Dice } from './dice.ts';

/** Comments by band; '' is somebody who only gave a score. */
const PROMOTER_COMMENTS = [
  '售后响应很快，上次主轴报警两小时就到现场了',
  '设备稳定，节拍比当初承诺的还快一点',
  '销售懂工艺，给的方案不虚',
  '合作三年了，放心，已经推荐给我们昆山的兄弟工厂',
  '培训做得细，工人一周就上手了',
  'MES 报表省了我们两个统计员',
  '',
  '性价比可以，交期也准',
  '方案评审时把风险都提前讲了，验收很顺利',
  '备件当天发货，没让我们停过线',
  '换型时间省了一半，老板很满意',
  '现场工程师水平高，顺手帮我们改了夹具',
  '数据采集上线后，设备异常能提前发现了',
  '对接人响应及时，周末也接电话',
] as const;
const PASSIVE_COMMENTS = [
  '整体不错，就是备件价格偏高',
  '设备没问题，软件界面还可以再简单点',
  '交期比合同晚了一周，后面沟通还算及时',
  '夜班找不到人支持，希望有 24 小时热线',
  '',
  '还行，再用半年看看',
  '功能够用，希望报表能自己配',
  '验收资料来回补了几次，其他都好',
] as const;
const DETRACTOR_COMMENTS = [
  '同一个报警修了三次还没根治，影响我们交货',
  '换了三个对接人，每次都要从头讲一遍',
  '报价里没说清楚，后来安装调试又加钱',
  '维保响应太慢，停线一天没人来',
] as const;

/** The working of last quarter's campaign, dealt out in turn: mostly content, a few not at all. */
const SCORES = [9, 10, 8, 9, 7, 10, 6, 9, 8, 9, 3, 10, 7, 9, 8, 5, 10, 9, 7, 9, 8, 2, 9, 10, 8] as const;

/** Answers to last quarter's question from one contact each of the accounts with orders; between 100 and 86 days ago. */
export function makeNpsAnswers(dice: Dice, rows: BookRow[], now: Date): BookNpsAnswer[] {
  // Whoever answered had been a customer for some time.
  const asked = daysBefore(now, 110);
  const people = rows
    .filter((row) => row.orders.length > 0)
    .flatMap((row) => row.contacts.filter((contact) => contact.createdAt < asked).slice(0, 2));
  const stride = Math.max(1, Math.floor(people.length / SCORES.length));
  return SCORES.flatMap((score, position) => {
    const contact = people[position * stride];
    if (!contact) return [];
    const answeredAt = inOfficeHours(daysBefore(now, dice.int(88, 99)), dice.int(8, 20), dice.int(0, 59));
    return [
      { externalUserId: contact.externalUserId, score, comment: commentFor(position, score), answeredAt },
    ];
  });
}

/** One answer of that campaign, for a book of any size. */
export function rollNpsAnswer(dice: Dice, externalUserId: string, now: Date): BookNpsAnswer {
  const position = dice.int(0, SCORES.length - 1);
  const score = SCORES[position] ?? 9;
  const answeredAt = inOfficeHours(daysBefore(now, dice.int(88, 99)), dice.int(8, 20), dice.int(0, 59));
  return { externalUserId, score, comment: commentFor(position, score), answeredAt };
}

/** Walks through the comments of the band, so that a short list does not repeat itself at once. */
function commentFor(position: number, score: number): string {
  const comments = score >= 9 ? PROMOTER_COMMENTS : score >= 7 ? PASSIVE_COMMENTS : DETRACTOR_COMMENTS;
  const isSame = (other: number) =>
    score >= 9 ? other >= 9 : score >= 7 ? other === 7 || other === 8 : other <= 6;
  const nth = SCORES.slice(0, position).filter(isSame).length;
  return comments[nth % comments.length] ?? '';
}
