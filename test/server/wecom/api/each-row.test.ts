import { describe, expect, it } from 'vitest';
import type { StrayRow } from '../../../../server/wecom/api/contacts.ts';
import { aWecom, read } from '../../../support/wecom-cases.ts';
import { ok } from '../../../support/wecom-parts.ts';

const person = { external_userid: 'wm1', name: '李四', type: 1 };
const follow = { userid: 'anna', remark: '', description: '', createtime: 1_525_779_812, tag_id: [] };
const row = (contact: object = {}, info: object = {}) => ({
  external_contact: { ...person, ...contact },
  follow_info: { ...follow, ...info },
});

/** What a page with a good row and this one gives: ids, and what was set aside. */
async function pageWith(other: unknown) {
  const good = row({ external_userid: 'wmGood' });
  const { wecom } = await aWecom(() => ok({ external_contact_list: [other, good] }));
  const strays: StrayRow[] = [];
  const ids: string[] = [];
  for await (const rows of wecom.contacts.pages(['anna'], {
    onStrays: (found) => void strays.push(...found),
  }))
    ids.push(...rows.map(({ contact }) => contact._id));
  return { ids, strays };
}

describe('a row of another shape', () => {
  it.each([
    ['null', null, [null, null]],
    ['a text', 'row', [null, null]],
    ['no person', { follow_info: follow }, ['anna', null]],
    ['a person without id', row({ external_userid: '' }), ['anna', null]],
    ['no member', { external_contact: person }, [null, 'wm1']],
    ['a remark that is an object', row({}, { remark: { text: '备注' } }), ['anna', 'wm1']],
    ['a name that is a list', row({ name: ['李四'] }), ['anna', 'wm1']],
    ['a time that is none', row({}, { createtime: 'yesterday' }), ['anna', 'wm1']],
    ['a time beyond all dates', row({}, { createtime: 1e15 }), ['anna', 'wm1']],
    ['tags that are a text', row({}, { tag_id: 'et1' }), ['anna', 'wm1']],
    ['a tag that is null', row({}, { tag_id: [null] }), ['anna', 'wm1']],
    ['a way that is an object', row({}, { add_way: {} }), ['anna', 'wm1']],
    ['a state that is a list', row({}, { state: ['x'] }), ['anna', 'wm1']],
  ])(
    '(%s) is set aside with what it tells, and the others are read',
    async (_, other, [staffId, externalUserId]) => {
      const { ids, strays } = await pageWith(other);
      expect(ids).toEqual(['wmGood']);
      expect(strays).toMatchObject([{ staffId, externalUserId, fault: expect.stringMatching(/\w/) }]);
      expect(JSON.stringify(strays)).not.toMatch(/李四|备注|yesterday/);
    },
  );

  it('is no reason to call again', async () => {
    const { wecom, server } = await aWecom(() => ok({ external_contact_list: [null] }));
    await read(wecom.contacts.pages(['anna']));
    expect(server.of('batch/get_by_user')).toHaveLength(1);
  });
});

const withField = ([part, field]: readonly ['external_contact' | 'follow_info', string], value: unknown) =>
  part === 'external_contact' ? row({ [field]: value }) : row({}, { [field]: value });

/** Each text may be null, absent or digits without quotes; each number quoted, null or absent. */
describe('every field of a kind bears the same', () => {
  const TEXTS = [
    ['external_contact', 'name'],
    ['external_contact', 'position'],
    ['external_contact', 'corp_name'],
    ['follow_info', 'remark'],
    ['follow_info', 'description'],
    ['follow_info', 'remark_corp_name'],
    ['follow_info', 'state'],
  ] as const;
  const NUMBERS = [
    ['external_contact', 'type'],
    ['follow_info', 'add_way'],
    ['follow_info', 'createtime'],
  ] as const;

  it.each(TEXTS.flatMap((field) => [null, undefined, 12345, ''].map((value) => [field, value] as const)))(
    'the text %j as %j',
    async (field, value) => {
      const { ids, strays } = await pageWith(withField(field, value));
      expect([ids, strays]).toEqual([['wm1', 'wmGood'], []]);
    },
  );

  it.each(NUMBERS.flatMap((field) => [null, undefined, '2', ''].map((value) => [field, value] as const)))(
    'the number %j as %j',
    async (field, value) => {
      const { ids, strays } = await pageWith(withField(field, value));
      expect([ids, strays]).toEqual([['wm1', 'wmGood'], []]);
    },
  );
});

const member = { userid: 'anna', name: '安娜', department: [1], status: 1 };

it.each([
  ['a department', [{ id: {}, name: 'x' }], [member]],
  ['a member', [{ id: 1, name: '总部', parentid: 0 }], [member, { userid: null }]],
])(
  'the address book is read although %s has another shape, and its gap is told',
  async (_, department, userlist) => {
    const { wecom } = await aWecom(({ path }) =>
      path.endsWith('department/list')
        ? ok({ department: [{ id: 1, name: '总部' }, ...department] })
        : ok({ userlist }),
    );
    const book = await wecom.staff.book();
    expect(book?.members).toMatchObject([{ staffId: 'anna' }]);
    expect(book?.gaps.length).toBeGreaterThan(0);
  },
);
