import { z } from 'zod';
import { orNull, words } from '../client/answer-shapes.ts';
import { attachmentFields } from './attachments.ts';
import type { WecomCall } from '../client/call.ts';
import { defineCall, decodesNothing } from '../client/define-call.ts';
import { theirNames, type OurNames } from '../client/our-names.ts';
import { anyOf, bytes, id, whole } from '../client/request-shapes.ts';

const ROOT = '/cgi-bin/externalcontact/group_welcome_template';
const Extra = z.strictObject(attachmentFields);

/**
 * What a group says to newcomers; `%NICKNAME%` in the text is their name. Of several attachments WeCom takes one: image,
 * link, mini program, file, video, in this order.
 */
export type GroupWelcome = { text?: string } & OurNames<z.input<typeof Extra>>;

const textOf = (maxBytes: number) => ({
  text: z.strictObject({ content: bytes(maxBytes, 1) }).optional(),
  ...attachmentFields,
});
const SOMETHING = ['text', 'image', 'link', 'miniprogram', 'file', 'video'] as const;

const add = defineCall({
  path: `${ROOT}/add`,
  request: z
    .strictObject({ ...textOf(3000), agentid: z.int().optional(), notify: whole(0, 1) })
    .superRefine(anyOf(...SOMETHING)),
  encode: ({ welcome, notifies }: { welcome: GroupWelcome; notifies: boolean }) => ({
    ...askWelcome(welcome),
    notify: Number(notifies),
  }),
  answer: z.object({ template_id: z.string().min(1) }),
  decode: ({ template_id: templateId }) => templateId,
  isRepeatable: false,
});

const edit = defineCall({
  path: `${ROOT}/edit`,
  request: z.strictObject({ template_id: id, ...textOf(4000) }).superRefine(anyOf(...SOMETHING)),
  encode: ({ templateId, welcome }: { templateId: string; welcome: GroupWelcome }) => ({
    template_id: templateId,
    ...askWelcome(welcome),
  }),
  ...decodesNothing,
});

const ofTemplate = {
  request: z.strictObject({ template_id: id }),
  encode: (templateId: string) => ({ template_id: templateId }),
};

const MiniProgram = z
  .object({ title: words, pic_media_id: words, appid: words, page: words })
  .transform(({ pic_media_id: picMediaId, ...rest }) => ({ ...rest, picMediaId }));
const Uploaded = z.object({ media_id: words }).transform(({ media_id: mediaId }) => mediaId);

const get = defineCall({
  path: `${ROOT}/get`,
  ...ofTemplate,
  answer: z.object({
    text: orNull(z.object({ content: words })),
    image: orNull(z.object({ pic_url: words }).transform((image) => image.pic_url)),
    link: orNull(z.object({ title: words, url: words, picurl: words, desc: words })),
    miniprogram: orNull(MiniProgram),
    file: orNull(Uploaded),
    video: orNull(Uploaded),
  }),
  decode: ({ text, image, link, miniprogram, file, video }) => ({
    text: text?.content ?? '',
    imageUrl: image,
    link,
    miniprogram,
    fileMediaId: file,
    videoMediaId: video,
  }),
});

const remove = defineCall({ path: `${ROOT}/del`, ...ofTemplate, ...decodesNothing });

/** Welcome texts that owners may choose for their groups; at most 100. @see https://developer.work.weixin.qq.com/document/path/92366 */
export function createGroupWelcomesApi(call: WecomCall) {
  return {
    /** Makes one, and tells the owners unless told not to. @returns its id @throws {WecomError} 41055 there are 100 already. */
    add: (welcome: GroupWelcome, { notifies = true }: { notifies?: boolean } = {}): Promise<string> =>
      add(call)({ welcome, notifies }),
    /** Replaces everything. @throws {WecomError} 41058 when another app made it. */
    edit: (templateId: string, welcome: GroupWelcome): Promise<void> => edit(call)({ templateId, welcome }),
    get: get(call),
    /** @throws {WecomError} 41058 when another app made it. */
    remove: remove(call),
  };
}

function askWelcome({ text, ...extra }: GroupWelcome) {
  return { text: text ? { content: text } : undefined, ...theirNames<z.input<typeof Extra>>(extra) };
}
