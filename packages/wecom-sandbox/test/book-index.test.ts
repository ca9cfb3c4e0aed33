import { describe, expect, it } from 'vitest';
import { createBookIndex } from '../src/book-index.ts';
import { placeOf, rowsAfter } from '../src/sorted-rows.ts';
import { openSmall } from './support/open-small.ts';
import { aRelation, aSmallCorp } from './support/small-corp.ts';

const itself = (row: string) => row;
const customersOf = (rows: readonly { externalUserId: string }[]) => rows.map((row) => row.externalUserId);

describe('the index of the book', () => {
  it('finds people, relations and tags, members in any case', () => {
    const book = createBookIndex(aSmallCorp());
    expect(book.staff('zhangsan')?.userid).toBe('ZhangSan');
    expect(book.staff('nobody')).toBeUndefined();
    expect(book.customer('wm2')?.name).toBe('name wm2');
    expect(book.customer('wmX')).toBeUndefined();
    expect(book.relation('ZHANGSAN', 'wm2')?.userid).toBe('ZhangSan');
    expect(book.relation('lisi', 'wm1')).toBeUndefined();
    expect(book.tag('etHot')?.group.id).toBe('etConsole');
    expect(book.tag('etConsole')).toBeUndefined();
  });

  it('lists a member’s customers and a customer’s members in order, whatever the order of the book', () => {
    const relations = [aRelation('lisi', 'wm9'), aRelation('lisi', 'wm1'), aRelation('ZhangSan', 'wm9')];
    const book = createBookIndex(aSmallCorp({ relations }));
    expect(customersOf(book.relationsOf('LISI'))).toEqual(['wm1', 'wm9']);
    expect(book.followersOf('wm9').map((row) => row.userid)).toEqual(['ZhangSan', 'lisi']);
    expect(book.relationsOf('wangwu')).toEqual([]);
    expect(book.followersOf('wm2')).toEqual([]);
  });

  it('keeps in step with what is added and removed, and writes both into the corp', () => {
    const corp = aSmallCorp();
    const book = createBookIndex(corp);
    expect(customersOf(book.relationsOf('lisi'))).toEqual(['wm2', 'wo3']);
    const added = aRelation('lisi', 'wm9');
    book.addRelation(added);
    expect(customersOf(book.relationsOf('lisi'))).toEqual(['wm2', 'wm9', 'wo3']);
    expect(corp.relations.at(-1)).toBe(added);
    book.removeRelation(added);
    expect(book.relation('lisi', 'wm9')).toBeUndefined();
    expect(customersOf(book.relationsOf('lisi'))).toEqual(['wm2', 'wo3']);
    expect(corp.relations).toHaveLength(aSmallCorp().relations.length);
    book.removeRelation(added);
    expect(corp.relations).toHaveLength(aSmallCorp().relations.length);
  });

  it('notices what others did to the corp’s own lists', () => {
    const corp = aSmallCorp();
    const book = createBookIndex(corp);
    expect(book.relation('ZhangSan', 'wm1')).toBeDefined();
    corp.relations.splice(0, 1);
    expect(book.relation('ZhangSan', 'wm1')).toBeUndefined();
    corp.relations = [aRelation('wangwu', 'wm1'), ...corp.relations.slice(1)];
    expect(book.relation('wangwu', 'wm1')).toBeDefined();
    const [group] = corp.tagGroups;
    expect(book.tag('etNew')).toBeUndefined();
    group?.tags.push({ id: 'etNew', name: '新', createdAt: 0, order: 0, isDeleted: false });
    expect(book.tag('etNew')?.tag.name).toBe('新');
  });

  it('finds a member by a new id once it was told to forget', () => {
    const corp = aSmallCorp();
    const book = createBookIndex(corp);
    const lisi = book.staff('lisi');
    if (lisi) lisi.userid = 'li.si';
    book.forget();
    expect(book.staff('li.si')).toBe(lisi);
    expect(book.staff('lisi')).toBeUndefined();
  });
});

describe('rows in order', () => {
  const rows = Array.from({ length: 20_000 }, (_, n) => `wm${String(n).padStart(6, '0')}`);

  it('finds the place of a key that is there, between, before and behind', () => {
    expect(placeOf(rows, itself, 'wm000010')).toBe(10);
    expect(placeOf(rows, itself, 'wm000010a')).toBe(11);
    expect(placeOf(rows, itself, '')).toBe(0);
    expect(placeOf(rows, itself, 'z')).toBe(rows.length);
    expect(placeOf([], itself, 'z')).toBe(0);
  });

  it('looks at the rows of the page only, and at a handful to get there', () => {
    let looks = 0;
    const keyOf = (row: string) => {
      looks += 1;
      return row;
    };
    const page: string[] = [];
    for (const row of rowsAfter(rows, keyOf, 'wm015000')) if (page.push(row) === 100) break;
    expect(page.at(0)).toBe('wm015001');
    expect(page.at(-1)).toBe('wm015100');
    expect(looks).toBeLessThan(120);
  });
});

it('pages through the customers of several members without losing or repeating a row', async () => {
  const userids = ['lisi', 'wangwu', 'ZhangSan'];
  const wanted = userids.flatMap((userid) => Array.from({ length: 35 }, (_, n) => [userid, `wm${100 + n}`]));
  const customers = Array.from({ length: 35 }, (_, n) => ({
    ...aSmallCorp().customers[0],
    externalUserId: `wm${100 + n}`,
  }));
  const corp = aSmallCorp({
    customers: customers as ReturnType<typeof aSmallCorp>['customers'],
    relations: wanted.map(([userid = '', id = '']) => aRelation(userid, id)).toReversed(),
  });
  const { write } = await openSmall({ corp });
  const seen: string[] = [];
  let cursor = '';
  do {
    const page = await write('externalcontact/batch/get_by_user', {
      userid_list: ['WANGWU', 'lisi', 'zhangsan'],
      limit: 20,
      cursor,
    });
    const rows = page['external_contact_list'] as {
      external_contact: { external_userid: string };
      follow_info: { userid: string };
    }[];
    expect(rows.length).toBeLessThanOrEqual(20);
    seen.push(...rows.map((row) => `${row.follow_info.userid}|${row.external_contact.external_userid}`));
    cursor = String(page['next_cursor']);
  } while (cursor !== '');
  expect(seen.toSorted()).toEqual(wanted.map((pair) => pair.join('|')).toSorted());
});
