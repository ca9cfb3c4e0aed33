import type { BookComplaint, BookRow } from './book.ts';
import { daysBefore, inOfficeHours } from './days.ts';

/** What was complained about, so many days ago; the first one waits for longer than it should. Source: domain.md §12. */
const STORIES = [
  { daysAgo: 5, text: '二号线主轴报警反复出现，停线两次，要求尽快派人', closed: null },
  { daysAgo: 1, text: '备件发错型号，要求补发并承担运费', closed: null },
  {
    daysAgo: 40,
    text: '验收资料缺检测报告，影响付款',
    closed: { daysAgo: 37, cause: '质检报告漏寄', action: '补寄原件，资料清单加一项' },
  },
] as const;

const timeOf = (now: Date, daysAgo: number) => inOfficeHours(daysBefore(now, daysAgo), 10, 20);

/** Complaints of people at accounts that buy from us; deterministic by `rows` and `now`. */
export function makeComplaints(rows: readonly BookRow[], now: Date): BookComplaint[] {
  const buyers = rows.filter(({ orders, contacts }) => orders.length > 0 && contacts.length > 0);
  return STORIES.flatMap(({ daysAgo, text, closed }, index) => {
    const contact = buyers[index * 3]?.contacts[0];
    const staffId = contact?.staffIds[0];
    if (!contact || !staffId) return [];
    return [
      {
        externalUserId: contact.externalUserId,
        staffId,
        at: timeOf(now, daysAgo),
        text,
        closed: closed && { at: timeOf(now, closed.daysAgo), cause: closed.cause, action: closed.action },
      },
    ];
  });
}
