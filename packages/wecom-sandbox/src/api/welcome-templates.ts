import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { Platform } from '../platform.ts';
import type { WelcomeTemplate } from '../slices/groups.ts';
import { nextId } from '../state.ts';
import { checkAttachment, pictureOf } from './attachments.ts';
import { defineApi } from './define-api.ts';
import { bytes, zeroOrOne } from './field-limits.ts';
import { visibleGroups } from './find-groups.ts';

/** Of several attachments the first in this order is used. Source: wecom.md §3.9. */
const KINDS = ['image', 'link', 'miniprogram', 'file', 'video'] as const;

const attachment = z.record(z.string(), z.unknown()).optional();
const templateFields = (textBytes: number) =>
  z.object({
    text: z.object({ content: bytes(textBytes) }).optional(),
    image: attachment,
    link: attachment,
    miniprogram: attachment,
    file: attachment,
    video: attachment,
    agentid: z.coerce.string().optional(),
    notify: zeroOrOne.default(1),
  });
type TemplateFields = z.infer<ReturnType<typeof templateFields>>;

/** What is kept of a template. @throws {ApiError} 40058 without text and attachment, and as `checkAttachment`. */
function contentOf(platform: Platform, fields: TemplateFields): Record<string, unknown> {
  const kind = KINDS.find((name) => fields[name] !== undefined);
  if (!kind && !fields.text?.content) throw new ApiError(40058, 'text');
  const { text } = fields;
  if (!kind) return { text };
  checkAttachment(platform, { msgtype: kind, [kind]: fields[kind] });
  return { ...(text && { text }), [kind]: fields[kind] };
}

/** Its app may change it; nobody else. @throws {ApiError} 40037 unknown, 41058 of the admin console. */
function ownTemplate({ state }: Platform, templateId: string): WelcomeTemplate {
  const template = state.welcomeTemplates.find((candidate) => candidate.templateId === templateId);
  if (!template) throw new ApiError(40037);
  if (template.madeBy !== 'app') throw new ApiError(41058);
  return template;
}

/** Tells every group owner that there is a new welcome to choose. */
function notifyOwners(platform: Platform): void {
  const { state, now } = platform;
  for (const userid of new Set(visibleGroups(platform).map((group) => group.ownerId)))
    state.messages.push({
      id: nextId(state, 'msg'),
      at: now().toISOString(),
      kind: 'app',
      to: userid,
      from: '客户联系',
      text: '企业配置了新的入群欢迎语，可应用到你的客户群',
    });
}

const add = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/group_welcome_template/add',
  title: '添加入群欢迎语素材',
  writes: true,
  fields: templateFields(3000),
  run: (platform, fields) => {
    const { state, rules } = platform;
    const content = contentOf(platform, fields);
    if (state.welcomeTemplates.length >= rules.welcomeTemplates) throw new ApiError(41055);
    const templateId = nextId(state, 'msg');
    state.welcomeTemplates.push({ templateId, madeBy: 'app', content });
    if (fields.notify === 1) notifyOwners(platform);
    return { template_id: templateId };
  },
});

/** An edited text may be longer than a new one, in the words of the manual. */
const edit = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/group_welcome_template/edit',
  title: '编辑入群欢迎语素材',
  writes: true,
  fields: templateFields(4000).extend({ template_id: z.string() }),
  missing: { template_id: 40037 },
  run: (platform, fields) => {
    const template = ownTemplate(platform, fields.template_id);
    template.content = contentOf(platform, fields);
    return {};
  },
});

/** An image is shown by its address, however it was sent. */
function shownContent({ content }: WelcomeTemplate): Record<string, unknown> {
  const image = content['image'];
  return image === undefined ? content : { ...content, image: { pic_url: pictureOf(image) } };
}

const templateId = z.object({ template_id: z.string(), agentid: z.coerce.string().optional() });

const get = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/group_welcome_template/get',
  title: '获取入群欢迎语素材',
  fields: templateId,
  missing: { template_id: 40037 },
  run: ({ state }, { template_id: wanted }) => {
    const template = state.welcomeTemplates.find((candidate) => candidate.templateId === wanted);
    if (!template) throw new ApiError(40037);
    return shownContent(template);
  },
});

const del = defineApi({
  method: 'POST',
  path: '/cgi-bin/externalcontact/group_welcome_template/del',
  title: '删除入群欢迎语素材',
  writes: true,
  fields: templateId,
  missing: { template_id: 40037 },
  run: (platform, { template_id: wanted }) => {
    const template = ownTemplate(platform, wanted);
    platform.state.welcomeTemplates = platform.state.welcomeTemplates.filter((other) => other !== template);
    return {};
  },
});

/** Welcome material of customer groups; a person must choose it in the client. Source: wecom.md §3.9. */
export const welcomeTemplateApis = [add, edit, get, del];
