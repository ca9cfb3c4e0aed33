import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import type { AcquisitionLink } from '../slices/entries.ts';
import { nextId, nextSecret } from '../state.ts';
import { defineApi } from './define-api.ts';
import { paging, rangeFields } from './field-limits.ts';
import { pageOf } from './page-rows.ts';
import { membersIn, servingStaff } from './serving-staff.ts';

const BASE = '/cgi-bin/externalcontact/customer_acquisition';
/** At most so many people behind one link. */
const MOST_PEOPLE = 500;

const linkFields = z.object({
  link_name: z.string().min(1).max(30).optional(),
  range: rangeFields.optional(),
  skip_verify: z.boolean().optional(),
  mark_source: z.boolean().optional(),
  priority_option: z
    .object({
      priority_type: z.union([z.literal(1), z.literal(2)]),
      priority_userid_list: z.array(z.string()).default([]),
    })
    .optional(),
});

/** @throws {ApiError} 40058 for a link that was never made, or deleted. */
export function linkNamed({ state }: Platform, linkId: string): AcquisitionLink {
  const link = state.links.find((candidate) => candidate.linkId === linkId);
  if (!link) throw new ApiError(40058, 'link_id');
  return link;
}

/** At least one active member, at most 500. @throws {ApiError} as `servingStaff`; 60123, 40058, 41041 */
function checkPeople(platform: Platform, { users, parties }: AcquisitionLink): void {
  for (const userid of users) servingStaff(platform, userid);
  const people = membersIn(platform, { users, parties }).length;
  if (people === 0) throw new ApiError(40058, 'range');
  if (people > MOST_PEOPLE) throw new ApiError(41041);
}

/** `link` with what the fields say; a range replaces everybody. @throws {ApiError} as `checkPeople` */
function apply(
  platform: Platform,
  link: AcquisitionLink,
  fields: z.infer<typeof linkFields>,
): AcquisitionLink {
  const { range, priority_option: priority } = fields;
  const given = {
    name: fields.link_name,
    skipVerify: fields.skip_verify,
    markSource: fields.mark_source,
    users: range?.user_list,
    parties: range?.department_list,
    priorityType: priority?.priority_type,
    priorityUsers: priority?.priority_userid_list,
  };
  const said = Object.entries(given).filter(([, value]) => value !== undefined);
  const changed: AcquisitionLink = { ...link, ...Object.fromEntries(said) };
  checkPeople(platform, changed);
  return changed;
}

/** The oldest first. */
const byAge = ({ createdAt, linkId }: AcquisitionLink) => `${String(createdAt).padStart(12, '0')}|${linkId}`;

const list = defineApi({
  method: 'POST',
  path: `${BASE}/list_link`,
  title: '获取获客链接列表',
  empty: { link_id_list: [], next_cursor: '' },
  fields: z.object(paging),
  run: ({ state }, { cursor, limit }) => {
    const page = pageOf(state.links, { keyOf: byAge, query: 'links', cursor, limit, max: 100, usual: 100 });
    return { link_id_list: page.rows.map(({ linkId }) => linkId), next_cursor: page.nextCursor };
  },
});

const idFields = z.object({ link_id: z.string() });

const get = defineApi({
  method: 'POST',
  path: `${BASE}/get`,
  title: '获取获客链接详情',
  empty: { link: {}, range: {} },
  fields: idFields,
  run: (platform, { link_id: linkId }) => {
    const link = linkNamed(platform, linkId);
    return {
      link: {
        link_name: link.name,
        url: link.url,
        create_time: link.createdAt,
        skip_verify: link.skipVerify,
        mark_source: link.markSource,
      },
      range: { user_list: link.users, department_list: link.parties },
      ...(link.priorityType !== null && {
        priority_option: {
          priority_type: link.priorityType,
          priority_userid_list: link.priorityUsers,
        },
      }),
    };
  },
});

const create = defineApi({
  method: 'POST',
  path: `${BASE}/create_link`,
  title: '创建获客链接',
  writes: true,
  empty: { link: {} },
  fields: linkFields.required({ link_name: true, range: true }),
  run: (platform, fields) => {
    const { state } = platform;
    const fresh: AcquisitionLink = {
      linkId: nextId(state, 'ca'),
      name: '',
      url: `https://work.weixin.qq.com/ca/${nextSecret(state, 'acquisition link', 24)}`,
      createdAt: unixNow(platform),
      skipVerify: true,
      markSource: true,
      users: [],
      parties: [],
      priorityType: null,
      priorityUsers: [],
      clicks: [],
      customers: [],
    };
    const link = apply(platform, fresh, fields);
    state.links.push(link);
    const { linkId, name, url, createdAt } = link;
    return { link: { link_id: linkId, link_name: name, url, create_time: createdAt } };
  },
});

const update = defineApi({
  method: 'POST',
  path: `${BASE}/update_link`,
  title: '编辑获客链接',
  writes: true,
  fields: linkFields.extend(idFields.shape),
  run: (platform, fields) => {
    const link = linkNamed(platform, fields.link_id);
    Object.assign(link, apply(platform, link, fields));
    return {};
  },
});

/** No event tells of it, unlike a deletion in the admin console. */
const del = defineApi({
  method: 'POST',
  path: `${BASE}/delete_link`,
  title: '删除获客链接',
  writes: true,
  fields: idFields,
  run: (platform, { link_id: linkId }) => {
    const link = linkNamed(platform, linkId);
    platform.state.links = platform.state.links.filter((other) => other !== link);
    return {};
  },
});

/** Acquisition links 获客链接. Source: wecom.md §3.12. */
export const acquisitionLinkApis = [list, get, create, update, del];
