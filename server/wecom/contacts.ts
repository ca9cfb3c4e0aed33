import { z } from 'zod';
import type { WecomCall } from './call.ts';
import { pagesOf } from './pages.ts';

const Person = z.object({
  external_userid: z.string().min(1),
  name: z.string().default(''),
  type: z.number().int().default(1),
  position: z.string().default(''),
  corp_name: z.string().default(''),
});

const follow = {
  userid: z.string().min(1),
  remark: z.string().default(''),
  description: z.string().default(''),
  createtime: z.number().default(0),
  remark_corp_name: z.string().nullish(),
  add_way: z.number().int().default(0),
  state: z.string().default(''),
};
const Follower = z.object({
  ...follow,
  tags: z.array(z.looseObject({ tag_id: z.string().optional() })).default([]),
});
const FollowInfo = z.object({ ...follow, tag_id: z.array(z.string()).default([]) });

/** The person, by our names. `type`: 1 WeChat user, 2 WeCom user. */
export type WecomContact = { _id: string; name: string; type: number; position: string; corpName: string };

/** One member following one person, by our names. */
export type WecomRelation = {
  staffId: string;
  externalUserId: string;
  remark: string;
  description: string;
  remarkCorpName: string;
  tagIds: string[];
  addWay: number;
  state: string;
  followedAt: Date;
};

/** One row of a page: a person and one who follows. */
export type ContactRow = { contact: WecomContact; relation: WecomRelation };

const PAGE = 100;

const GetAnswer = z.object({
  external_contact: Person,
  follow_user: z.array(Follower).default([]),
  next_cursor: z.string().default(''),
});
const PageAnswer = z.object({
  external_contact_list: z
    .array(z.object({ external_contact: Person, follow_info: FollowInfo }))
    .nullish()
    .transform((rows) => rows ?? []),
  next_cursor: z.string().default(''),
});

/** Customers. @see https://developer.work.weixin.qq.com/document/path/92114, 92994 */
export function createContactsApi(call: WecomCall) {
  return {
    /** A person with every follower in our range. @throws {WecomError} 84061, 40096 when nobody follows (any more). */
    async get(externalUserId: string): Promise<{ contact: WecomContact; relations: WecomRelation[] }> {
      const path = '/cgi-bin/externalcontact/get';
      const read = (cursor: string) => {
        const query = { external_userid: externalUserId, ...(cursor ? { cursor } : {}) };
        return call(path, { query, answer: GetAnswer });
      };
      const pages: z.infer<typeof GetAnswer>[] = [];
      for await (const page of pagesOf(path, read)) pages.push(page);
      const rows = pages.flatMap(({ follow_user: followers }) => followers);
      const relations = rows.map((row) => asRelation(externalUserId, row, corpTagIds(row.tags)));
      const [first] = pages;
      if (!first) throw new RangeError('there is always a first page');
      return { contact: asContact(first.external_contact), relations };
    },
    /** Every customer of up to 100 members, page by page. */
    async *pages(staffIds: readonly string[]): AsyncGenerator<ContactRow[]> {
      const path = '/cgi-bin/externalcontact/batch/get_by_user';
      const read = (cursor: string) =>
        call(path, { body: { userid_list: [...staffIds], cursor, limit: PAGE }, answer: PageAnswer });
      for await (const page of pagesOf(path, read)) yield page.external_contact_list.map(asRow);
    },
  };
}

function asRow({
  external_contact: person,
  follow_info: info,
}: z.infer<typeof PageAnswer>['external_contact_list'][number]): ContactRow {
  return { contact: asContact(person), relation: asRelation(person.external_userid, info, info.tag_id) };
}

function asContact(person: z.infer<typeof Person>): WecomContact {
  const { external_userid: id, name, type, position, corp_name: corpName } = person;
  return { _id: id, name, type, position, corpName };
}

function asRelation(
  externalUserId: string,
  row: Omit<z.infer<typeof FollowInfo>, 'tag_id'>,
  tagIds: string[],
): WecomRelation {
  return {
    staffId: row.userid,
    externalUserId,
    remark: row.remark,
    description: row.description,
    remarkCorpName: row.remark_corp_name ?? '',
    tagIds,
    addWay: row.add_way,
    state: row.state,
    followedAt: new Date(row.createtime * 1000),
  };
}

/** Personal tags have no id. Source: wecom.md §3.3. */
const corpTagIds = (tags: { tag_id?: string | undefined }[]) =>
  tags.flatMap(({ tag_id: id }) => (id ? [id] : []));
