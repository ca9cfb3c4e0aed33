import { ApiError } from '../api-error.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import type { ContactWay } from '../slices/entries.ts';
import { nextSecret } from '../state.ts';
import { applyWay, configFields, checkPeople, updateFields, wayFields, wayOf } from './contact-way-fields.ts';
import { checkSpan, DAY_SECONDS, dayStart } from './day-span.ts';
import { defineApi } from './define-api.ts';
import { paging } from './field-limits.ts';
import { relationBetween } from './find-people.ts';
import { pageOf } from './page-rows.ts';
import { z } from 'zod';

/** @throws {ApiError} 41044 for a config_id that was never given out, or deleted. */
function wayNamed({ state }: Platform, configId: string): ContactWay {
  const way = state.contactWays.find((candidate) => candidate.configId === configId);
  if (!way) throw new ApiError(41044);
  return way;
}

/** Where the picture of a way is; only what can be scanned has one. */
function qrCode({ scene, configId }: Pick<ContactWay, 'scene' | 'configId'>): Record<string, string> {
  return scene === 2 ? { qr_code: `https://wework.qpic.cn/wwpic/${configId}/0` } : {};
}

/** @throws {ApiError} 41045 when there is room for no other way. */
function checkRoom(platform: Platform, isTemp: boolean): void {
  const { state, rules } = platform;
  const today = dayStart(unixNow(platform));
  const temporary = state.contactWays.filter((way) => way.isTemp && way.createdAt >= today).length;
  const lasting = state.contactWays.filter((way) => !way.isTemp).length + state.joinWays.length;
  const isFull = isTemp ? temporary >= rules.tempContactWaysPerDay : lasting >= rules.contactWays;
  if (isFull) throw new ApiError(41045);
}

const add = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/add_contact_way',
  title: '配置客户联系「联系我」方式',
  writes: true,
  fields: wayFields,
  missing: { type: 41037, scene: 41038 },
  run: (platform, fields) => {
    const way = wayOf(platform, fields);
    checkRoom(platform, way.isTemp);
    const configId = nextSecret(platform.state, 'contact way', 32).toLowerCase();
    platform.state.contactWays.push({ ...way, configId, createdAt: unixNow(platform) });
    return { config_id: configId, ...qrCode({ ...way, configId }) };
  },
});

const missing = { config_id: 41043 };

const get = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/get_contact_way',
  title: '获取企业已配置的「联系我」方式',
  empty: { contact_way: {} },
  fields: configFields,
  missing,
  run: (platform, { config_id: configId }) => {
    const way = wayNamed(platform, configId);
    return {
      contact_way: {
        config_id: way.configId,
        type: way.type,
        scene: way.scene,
        style: way.style,
        remark: way.remark,
        skip_verify: way.skipVerify,
        state: way.state,
        ...qrCode(way),
        user: way.users,
        party: way.parties,
        is_temp: way.isTemp,
        expires_in: way.expiresIn,
        chat_expires_in: way.chatExpiresIn,
        unionid: way.unionId,
        ...(way.isTemp && { conclusions: way.conclusions }),
      },
    };
  },
});

/** user and party replace everybody; what is not sent stays. */
const update = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/update_contact_way',
  title: '更新企业已配置的「联系我」方式',
  writes: true,
  fields: updateFields,
  missing,
  run: (platform, fields) => {
    const way = wayNamed(platform, fields.config_id);
    const changed = applyWay(way, fields);
    checkPeople(platform, changed);
    Object.assign(way, changed);
    return {};
  },
});

const del = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/del_contact_way',
  title: '删除企业已配置的「联系我」方式',
  writes: true,
  fields: configFields,
  missing,
  run: (platform, { config_id: configId }) => {
    const way = wayNamed(platform, configId);
    platform.state.contactWays = platform.state.contactWays.filter((other) => other !== way);
    return {};
  },
});

const byAge = ({ createdAt, configId }: ContactWay) => `${String(createdAt).padStart(12, '0')}|${configId}`;

/** Without temporary ways; of the last 90 days unless said otherwise. */
const list = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/list_contact_way',
  title: '获取企业已配置的「联系我」列表',
  empty: { contact_way: [], next_cursor: '' },
  fields: z.object({ start_time: z.number().optional(), end_time: z.number().optional(), ...paging }),
  run: (platform, fields) => {
    const { start_time: start, end_time: end, cursor, limit } = fields;
    const to = end ?? unixNow(platform);
    const from = start ?? to - 90 * DAY_SECONDS;
    checkSpan({ from, to }, 90);
    const rows = platform.state.contactWays.filter(
      (way) => !way.isTemp && way.createdAt >= from && way.createdAt <= to,
    );
    // The default end moves on between two pages.
    const query = `ways ${start ?? ''} ${end ?? ''}`;
    const page = pageOf(rows, { keyOf: byAge, query, cursor, limit, max: 1000, usual: 100 });
    return {
      contact_way: page.rows.map((way) => ({ config_id: way.configId })),
      next_cursor: page.nextCursor,
    };
  },
});

/** Ends a temporary chat. @throws {ApiError} 84061 when there is no relation. */
const closeChat = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/close_temp_chat',
  title: '结束临时会话',
  fields: z.object({ userid: z.string(), external_userid: z.string() }),
  missing: { userid: 40003, external_userid: 41035 },
  run: (platform, { userid, external_userid: externalUserId }) => {
    relationBetween(platform, userid, externalUserId);
    return {};
  },
});

/** QR codes and buttons by which customers add members 联系我. Source: wecom.md §3.5. */
export const contactWayApis = [add, get, update, del, list, closeChat];
