import { describe, expect, it } from 'vitest';
import { bookAccountId, bookEntryOf } from '../../../../server/domain/books/book.ts';
import type { PastAccount } from '../../../../server/domain/books/past-account.ts';

const frame = {
  place: { timeZone: 'Asia/Shanghai' },
  survey: { campaignId: 'c1', programme: 'relationship' },
};
const at = (day: string) => new Date(`${day}T04:00:00Z`);
const aContact = (more: Partial<PastAccount['contacts'][number]> = {}) => ({
  externalUserId: 'wm1',
  name: '王经理',
  type: 1,
  remark: '王总',
  remarkCorpName: '甲公司',
  title: '采购经理',
  staffIds: ['anna', 'ben'],
  addWay: 1,
  state: 'expo',
  createdAt: at('2025-06-02'),
  ...more,
});
const aTalk = (day: string, more: Partial<PastAccount['followUps'][number]> = {}) => ({
  externalUserId: 'wm1',
  staffId: 'anna',
  at: at(day),
  channel: 'call' as const,
  purpose: '回访',
  notes: '',
  questions: [],
  nextStep: '',
  nextOn: null,
  ...more,
});
const anOrder = (externalId: string, paidOn: string) => ({
  externalId,
  product: '刀具',
  amountFen: 1000,
  costFen: 600,
  paidOn,
  kind: 'sale' as const,
});
const aPast = (more: Partial<PastAccount> = {}): PastAccount => ({
  account: {
    externalId: 'C-1',
    name: ' 甲 公司 ',
    industry: '机械',
    region: '华东',
    size: '',
    ownerId: 'anna',
    potentialScore: null,
    referredBy: null,
  },
  contacts: [aContact()],
  kdm: [],
  orders: [],
  opportunities: [],
  contracts: [],
  followUps: [],
  answers: [],
  ...more,
});
const accountOf = (more: Partial<PastAccount>) => bookEntryOf(aPast(more), frame).account;

describe('an account of the past', () => {
  it('gets the same ids every time, so that it may be loaded again', () => {
    const past = aPast({
      followUps: [aTalk('2026-03-02', { questions: [{ text: '多少钱', isOpen: true }] })],
    });
    expect(bookEntryOf(past, frame)).toEqual(bookEntryOf(past, frame));
    expect(bookEntryOf(past, frame).account).toMatchObject({
      _id: 'book-C-1',
      externalId: 'C-1',
      nameKey: '甲公司',
      ownerId: 'anna',
    });
  });

  it.each([
    ['the first contact', [], at('2025-06-02')],
    ['an order that came before', [anOrder('o1', '2025-01-15')], new Date('2025-01-14T16:00:00Z')],
    ['the contact, when orders came after', [anOrder('o1', '2025-12-15')], at('2025-06-02')],
  ])('is known since %s', (_, orders, knownSince) => {
    expect(accountOf({ orders }).knownSince).toEqual(knownSince);
  });

  it('names who recommended us by the id of that account', () => {
    const { account } = aPast();
    expect(accountOf({ account: { ...account, referredBy: 'C-7' } }).referredById).toBe(bookAccountId('C-7'));
    expect(accountOf({}).referredById).toBeNull();
  });
});

describe('its marks', () => {
  it('are those of everything that happened, in the order in which it did', () => {
    const followUps = [
      aTalk('2026-03-05', { nextOn: '2026-03-20' }),
      aTalk('2026-03-02', { nextOn: '2026-03-09' }),
    ];
    expect(accountOf({ followUps })).toMatchObject({
      lastTouchAt: at('2026-03-05'),
      promisedOn: '2026-03-20',
      newContactAt: null,
      detractorAt: null,
    });
  });

  it('hold a newcomer whom nobody has spoken to since', () => {
    const contacts = [aContact(), aContact({ externalUserId: 'wm2', createdAt: at('2026-03-06') })];
    expect(accountOf({ contacts, followUps: [aTalk('2026-03-05')] })).toMatchObject({
      newContactAt: at('2026-03-06'),
      dueOn: '2026-03-09',
    });
    expect(accountOf({ contacts, followUps: [aTalk('2026-03-07')] }).newContactAt).toBeNull();
  });

  it.each([
    [6, at('2026-03-06')],
    [7, null],
  ])('after a mark of %d: a bad mark since %s', (score, detractorAt) => {
    const answers = [{ externalUserId: 'wm1', score, comment: '', answeredAt: at('2026-03-06') }];
    expect(accountOf({ answers })).toMatchObject({
      lastTouchAt: null,
      lastSignAt: at('2026-03-06'),
      detractorAt,
    });
    const followUps = [aTalk('2026-03-07')]; // the talk after it was the end of it, then
    expect(accountOf({ answers, followUps }).detractorAt).toBeNull();
  });
});

describe('what hangs on it', () => {
  it('is every follow relation, with how and by which channel the contact came', () => {
    const { relations, contacts } = bookEntryOf(aPast(), frame);
    expect(relations.map(({ _id }) => _id)).toEqual(['anna:wm1', 'ben:wm1']);
    expect(relations[0]).toMatchObject({ addWay: 1, state: 'expo', remarkCorpName: '甲公司', lostAt: null });
    expect(contacts).toMatchObject([{ _id: 'wm1', accountId: 'book-C-1', position: '', kdm: {} }]);
  });

  it('shows title and company of a WeCom user only, as WeCom does', () => {
    const { contacts } = bookEntryOf(aPast({ contacts: [aContact({ type: 2 })] }), frame);
    expect(contacts).toMatchObject([{ position: '采购经理', corpName: '甲公司' }]);
  });

  it('keeps questions open that were never answered, and closes the others with the talk', () => {
    const questions = [
      { text: '多少钱', isOpen: true },
      { text: '多久', isOpen: false },
    ];
    const { questions: kept } = bookEntryOf(
      aPast({ followUps: [aTalk('2026-03-02', { questions })] }),
      frame,
    );
    expect(kept.map(({ text, answeredAt }) => [text, answeredAt])).toEqual([
      ['多少钱', null],
      ['多久', at('2026-03-02')],
    ]);
    expect(new Set(kept.map(({ _id }) => _id)).size).toBe(2);
  });

  it('keeps orders to the fen, each under its own number', () => {
    const { orders } = bookEntryOf(
      aPast({ orders: [anOrder('o1', '2026-01-05'), anOrder('o2', '2026-02-05')] }),
      frame,
    );
    expect(orders.map(({ _id, amountFen, accountId }) => [_id, amountFen, accountId])).toEqual([
      ['o1', 1000, 'book-C-1'],
      ['o2', 1000, 'book-C-1'],
    ]);
  });

  it('counts an answer once, to its invitation', () => {
    const answers = [{ externalUserId: 'wm1', score: 9, comment: '好', answeredAt: at('2026-03-06') }];
    const { invitations, answers: kept } = bookEntryOf(aPast({ answers }), frame);
    expect(invitations.map(({ _id }) => _id)).toEqual(['c1:wm1']);
    expect(kept).toMatchObject([{ _id: 'c1:wm1', score: 9, staffId: 'anna', wantsContact: false }]);
  });
});
