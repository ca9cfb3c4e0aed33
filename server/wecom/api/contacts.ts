import { z } from 'zod';
import {
  count,
  countOr,
  eachRow,
  idText,
  instantOrNull,
  paged,
  rows,
  straysAs,
  straysOf,
  words,
  type Stray,
} from '../client/answer-shapes.ts';
import type { WecomCall } from '../client/call.ts';
import { writeRemark } from './contact-remarks.ts';
import { definePages } from '../client/define-call.ts';
import { id, list, staff } from '../client/request-shapes.ts';

const Person = z.object({
  external_userid: idText,
  name: words,
  type: countOr(1),
  position: words,
  corp_name: words,
  corp_full_name: words,
});

const follow = {
  userid: idText,
  remark: words,
  description: words,
  createtime: instantOrNull,
  remark_corp_name: words,
  add_way: count,
  state: words,
};
const Follower = z.object({ ...follow, tags: rows(z.object({ tag_id: words })) });
const FollowInfo = z.object({ ...follow, tag_id: rows(idText) });

/** The person, by our names. `type`: 1 WeChat user, 2 WeCom user. */
export type WecomContact = {
  _id: string;
  name: string;
  type: number;
  position: string;
  corpName: string;
  /** The legal name 主体名称; only of verified companies. */
  corpFullName: string;
};

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

/** A person, and who follows them. */
type WecomPerson = { contact: WecomContact; relations: WecomRelation[]; unread: (string | null)[] };

const Whose = z.object({ userid: idText }).transform(({ userid }) => userid);

/** One row of a page: a person and one who follows. */
export type ContactRow = { contact: WecomContact; relation: WecomRelation };

const Row = z.object({ external_contact: Person, follow_info: FollowInfo });

const followersOf = definePages({
  path: '/cgi-bin/externalcontact/get',
  method: 'GET',
  request: z.strictObject({ external_userid: id }),
  encode: (externalUserId: string) => ({ external_userid: externalUserId }),
  answer: z.object({ external_contact: Person, follow_user: eachRow(Follower), ...paged }),
  decode: (page) => page,
});

/** A row that could not be read, and whose it is as far as it tells; null where it does not. */
export type StrayRow = { staffId: string | null; externalUserId: string | null; fault: string };

/** Who hears of members whose customers WeCom keeps back, and of rows that could not be read. */
export type PageListeners = {
  onUnlicensed: (staffIds: string[]) => void;
  onStrays: (rows: StrayRow[]) => void;
};
type Asked = Partial<PageListeners> & { staffIds: readonly string[] };

const pages = definePages({
  path: '/cgi-bin/externalcontact/batch/get_by_user',
  request: z.strictObject({ userid_list: list(staff, 100, 1), limit: z.int() }),
  encode: ({ staffIds }: Asked) => ({ userid_list: staffIds, limit: 100 }),
  answer: z.object({
    external_contact_list: eachRow(Row),
    fail_info: z.object({ unlicensed_userid_list: rows(idText) }).nullish(),
    ...paged,
  }),
  decode: ({ external_contact_list: found, fail_info: failed }, asked): ContactRow[] => {
    asked.onUnlicensed?.(failed?.unlicensed_userid_list ?? []);
    asked.onStrays?.(straysOf(found).map(asStrayRow));
    return found.map(asRow);
  },
  isStreamed: true,
});

/** Customers. @see https://developer.work.weixin.qq.com/document/path/92114, 92994, 92113, 92115 */
export function createContactsApi(call: WecomCall) {
  return {
    /**
     * A person with every follower in our range; `unread`: who of them stands in a row that could not be read, null where it does
     * not tell. @throws {WecomError} 84061, 40096 when nobody follows (any more).
     */
    async get(externalUserId: string): Promise<WecomPerson> {
      const relations: WecomRelation[] = [];
      const unread: (string | null)[] = [];
      const people: WecomContact[] = [];
      for await (const page of followersOf(call)(externalUserId)) {
        people.push(asContact(page.external_contact));
        unread.push(...straysAs(page.follow_user, Whose));
        for (const row of page.follow_user)
          relations.push(asRelation(externalUserId, row, corpTagIds(row.tags)));
      }
      const [contact] = people;
      if (!contact) throw new RangeError('there is always a first page');
      return { contact, relations, unread };
    },
    /**
     * Every customer of up to 100 members, page by page; a row of another shape is told to `onStrays`, and left out.
     *
     * @throws {WecomError} 84061 when none of them has customers, 701008 when none has an interface licence.
     */
    pages: (
      staffIds: readonly string[],
      listeners: Partial<PageListeners> = {},
    ): AsyncGenerator<ContactRow[]> => pages(call)({ staffIds, ...listeners }),
    /** Notes something on a contact, as one member; what is not given stays. @throws {WecomError} 84061 no relation. */
    remark: writeRemark(call),
  };
}

function asRow({ external_contact: person, follow_info: info }: z.infer<typeof Row>): ContactRow {
  return { contact: asContact(person), relation: asRelation(person.external_userid, info, info.tag_id) };
}

const Ids = z.object({
  external_contact: z.object({ external_userid: idText }).optional().catch(undefined),
  follow_info: z.object({ userid: idText }).optional().catch(undefined),
});

function asStrayRow({ raw, fault }: Stray): StrayRow {
  const ids = Ids.safeParse(raw).data;
  return {
    staffId: ids?.follow_info?.userid ?? null,
    externalUserId: ids?.external_contact?.external_userid ?? null,
    fault,
  };
}

function asContact(person: z.infer<typeof Person>): WecomContact {
  const { external_userid: id, name, type, position, corp_name: corpName } = person;
  return { _id: id, name, type, position, corpName, corpFullName: person.corp_full_name };
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
    remarkCorpName: row.remark_corp_name,
    tagIds,
    addWay: row.add_way,
    state: row.state,
    followedAt: row.createtime ?? new Date(0),
  };
}

/** Personal tags have no id. Source: wecom.md §3.3. */
const corpTagIds = (tags: { tag_id: string }[]) => tags.flatMap(({ tag_id: id }) => (id ? [id] : []));
