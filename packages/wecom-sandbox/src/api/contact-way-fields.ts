import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { Platform } from '../platform.ts';
import type { ContactWay } from '../slices/entries.ts';
import { bytes } from './field-limits.ts';
import { membersIn, servingStaff } from './serving-staff.ts';

const DAY_SECONDS = 86_400;
/** Temporary ways and chats live 14 days at most. */
const life = z
  .number()
  .int()
  .min(1)
  .max(14 * DAY_SECONDS);

/** What a temporary chat ends with. */
const conclusions = z.object({
  text: z.object({ content: bytes(4000) }).optional(),
  image: z.object({ media_id: z.string() }).optional(),
  link: z
    .object({
      title: bytes(128),
      picurl: z.string().optional(),
      desc: bytes(512).optional(),
      url: z.string(),
    })
    .optional(),
  miniprogram: z
    .object({ title: bytes(64), pic_media_id: z.string(), appid: z.string(), page: z.string() })
    .optional(),
});

/** What may be changed later. */
const changeable = {
  style: z.number().optional(),
  remark: z.string().max(30).optional(),
  skip_verify: z.boolean().optional(),
  state: z.string().max(30).optional(),
  user: z.array(z.string()).optional(),
  party: z.array(z.number().int()).optional(),
  expires_in: life.optional(),
  chat_expires_in: life.optional(),
  unionid: z.string().optional(),
  conclusions: conclusions.optional(),
  mark_source: z.boolean().optional(),
};

export const wayFields = z.object({
  ...changeable,
  type: z.number(),
  scene: z.number(),
  is_temp: z.boolean().default(false),
  is_exclusive: z.boolean().default(false),
});
export const configFields = z.object({ config_id: z.string() });
export const updateFields = configFields.extend(changeable);

type Changes = Omit<z.infer<typeof updateFields>, 'config_id'>;
export type NewWay = Omit<ContactWay, 'configId' | 'createdAt'>;

/** A way as it is when nothing is said. */
const USUAL: Omit<NewWay, 'type' | 'scene' | 'isTemp' | 'isExclusive'> = {
  style: 1,
  remark: '',
  skipVerify: true,
  state: '',
  users: [],
  parties: [],
  expiresIn: 7 * DAY_SECONDS,
  chatExpiresIn: DAY_SECONDS,
  unionId: '',
  conclusions: {},
  markSource: true,
  scans: 0,
  routes: {},
};

/** A copy of `way` with the changes. @throws {ApiError} 41042 */
export function applyWay<Way extends NewWay>(way: Way, changes: Changes): Way {
  if (changes.style !== undefined && ![1, 2, 3].includes(changes.style)) throw new ApiError(41042);
  const given = {
    style: changes.style,
    remark: changes.remark,
    skipVerify: changes.skip_verify,
    state: changes.state,
    users: changes.user,
    parties: changes.party,
    expiresIn: changes.expires_in,
    chatExpiresIn: changes.chat_expires_in,
    unionId: changes.unionid,
    conclusions: changes.conclusions && shownConclusions(changes.conclusions),
    markSource: changes.mark_source,
  };
  const said = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...way, ...Object.fromEntries(said) };
}

/** An image is shown by its address later. */
function shownConclusions(given: z.infer<typeof conclusions>): Record<string, unknown> {
  const { image, ...others } = given;
  return image
    ? { ...others, image: { pic_url: `https://wework.qpic.cn/wwpic/${image.media_id}/0` } }
    : others;
}

/** A new way. @throws {ApiError} 41039, 41040, 41042, 40058 for a temporary way of several, and as `checkPeople` */
export function wayOf(platform: Platform, fields: z.infer<typeof wayFields>): NewWay {
  const { type, scene, is_temp: isTemp, is_exclusive: isExclusive } = fields;
  if (type !== 1 && type !== 2) throw new ApiError(41039);
  if (scene !== 1 && scene !== 2) throw new ApiError(41040);
  if (isTemp && type !== 1) throw new ApiError(40058, 'is_temp');
  const way = applyWay({ ...USUAL, type, scene, isTemp, isExclusive }, fields);
  checkPeople(platform, way);
  return way;
}

/** At most so many people behind one way. */
const MOST_PEOPLE = 100;

/** Exactly one member for type 1; members and departments up to 100 people for type 2. @throws {ApiError} 41041, 40058, 40003, 60011, 84074, 41054, 40098, 60123 */
export function checkPeople(platform: Platform, { type, users, parties }: NewWay): void {
  if (type === 1 && (users.length !== 1 || parties.length > 0))
    throw users.length > 1 ? new ApiError(41041) : new ApiError(40058, 'user');
  for (const userid of users) servingStaff(platform, userid);
  const people = membersIn(platform, { users, parties }).length;
  if (people === 0) throw new ApiError(40058, 'user');
  if (people > MOST_PEOPLE) throw new ApiError(41041);
}
