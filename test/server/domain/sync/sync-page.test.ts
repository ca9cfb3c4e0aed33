import { describe, expect, it } from 'vitest';
import { pageNews } from '../../../../server/domain/sync/sync-page.ts';

const day = (number: number) => new Date(Date.UTC(2026, 2, number));
const person = (more: object = {}) => ({
  _id: 'wm1',
  name: '王芳',
  corpName: '',
  corpFullName: '',
  ...more,
});
const facts = (more: object = {}) => ({
  staffId: 'anna',
  externalUserId: 'wm1',
  remark: '',
  remarkCorpName: '甲',
  tagIds: ['a', 'b'],
  followedAt: day(1),
  ...more,
});
const kept = (more: object = {}) => ({ ...facts(), lostAt: null, lostBy: null, ...more });
const row = (relation: object = {}, contact: object = {}) => ({
  contact: person(contact),
  relation: facts(relation),
});
const readAt = day(10);
const news = (
  rows: ReturnType<typeof row>[],
  { contacts = [person()], relations = [kept()] }: { contacts?: object[]; relations?: object[] } = {},
) => pageNews(rows, { contacts, relations, readAt } as never);
const counts = ({ contacts, added, changed, movedIds, changedKeys }: ReturnType<typeof news>) => ({
  contacts: contacts.length,
  added: added.length,
  changed: changed.length,
  moved: movedIds.length,
  changedKeys: changedKeys.length,
});
const NOTHING = { contacts: 0, added: 0, changed: 0, moved: 0, changedKeys: 0 };

describe('one row', () => {
  it('as we have it is no news', () => {
    expect(counts(news([row()]))).toEqual(NOTHING);
  });

  it('with its tags in another order is no news', () => {
    expect(counts(news([row({ tagIds: ['b', 'a'] })]))).toEqual(NOTHING);
    expect(counts(news([row({ tagIds: ['b'] })]))).toEqual({ ...NOTHING, changed: 1, changedKeys: 1 });
  });

  it('of strangers brings person and relation', () => {
    const found = news([row()], { contacts: [], relations: [] });
    expect(counts(found)).toEqual({ ...NOTHING, contacts: 1, added: 1 });
  });

  it('of another member brings the relation, and the person may belong elsewhere', () => {
    const found = news([row({ staffId: 'ben' })]);
    expect(counts(found)).toEqual({ ...NOTHING, added: 1, moved: 1 });
  });

  it('with a new name writes the person only', () => {
    const found = news([row({}, { name: '\u202e王芳🌸' })]);
    expect(counts(found)).toEqual({ ...NOTHING, contacts: 1, changedKeys: 1 });
    expect(found.contacts[0]?.name).toBe('\u202e王芳🌸');
  });

  it.each([
    ['a company noted anew', { remarkCorpName: '乙' }, {}, { changed: 1 }],
    ['a company of their own', {}, { corpName: '乙' }, { contacts: 1 }],
  ])('with %s asks for another account', (...[, relation, contact, written]) => {
    expect(counts(news([row(relation, contact)]))).toEqual({
      ...NOTHING,
      ...written,
      moved: 1,
      changedKeys: 1,
    });
  });
});

describe('a relation that we hold for lost', () => {
  it.each([
    ['gone', 9, 1],
    ['by_staff', 9, 1],
    ['by_staff', 10, 0],
    ['by_contact', 9, 0],
    ['gone', 11, 0],
    ['by_contact', 11, 0],
  ])('%s on the %ith, while the page is of the 10th: %i to write', (lostBy, lostOn, written) => {
    const found = news([row()], { relations: [kept({ lostBy, lostAt: day(lostOn) })] });
    expect(found.changed).toHaveLength(written);
  });

  it('is left alone with all its facts when it was lost after the reading began', () => {
    const lost = kept({ lostBy: 'by_staff', lostAt: day(11) });
    expect(counts(news([row({ remark: '新' })], { relations: [lost] }))).toEqual(NOTHING);
  });
});

describe('a page', () => {
  it('that tells a row twice counts it once', () => {
    const found = news([row(), row()], { contacts: [], relations: [] });
    expect(counts(found)).toEqual({ ...NOTHING, contacts: 1, added: 1 });
    expect(found.keys).toHaveLength(1);
  });

  it('with one customer of six hundred members writes the person once', () => {
    const rows = Array.from({ length: 600 }, (_, n) => row({ staffId: `s${n}` }));
    expect(counts(news(rows, { contacts: [], relations: [] }))).toEqual({
      ...NOTHING,
      contacts: 1,
      added: 600,
    });
  });
});
