import { Router } from '@koa/router';
import { z } from 'zod';
import type { Context } from '../context.ts';
import {
  CLASSIFYING,
  DEFAULT_SETTINGS,
  problemsOfSection,
  type SectionName,
  type Settings,
} from '../domain/settings.ts';
import { AppError } from '../errors.ts';
import { previewClassification, type Preview } from '../flows/accounts/preview-classification.ts';
import { joinPreview, type Underway } from '../flows/settings/join-preview.ts';
import { listSettings } from '../flows/settings/list-settings.ts';
import { saveSection } from '../flows/settings/save-section.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { Signed } from './caller.ts';
import { GetSettings, PostPreview, PostReset, PostSection } from './contract/settings.ts';
import { SECTION_SHAPES } from './contract/settings-shapes.ts';

/** What administrators decide; the job `apply-settings` acts on what is saved within a minute, however large the book is. */
export const settingsRoutes = (context: Context) =>
  new Router<Signed>()
    .get(
      '/settings',
      apiEndpoint(context, GetSettings, () => listSettings(context)),
    )
    .post(
      '/settings/:section',
      apiEndpoint(context, PostSection, ({ params: { section }, body }, { caller }) =>
        saveSection(context, caller, {
          name: section,
          value: shapedAs(section, body.value),
          version: body.version,
        }),
      ),
    )
    .post(
      '/settings/:section/preview',
      apiEndpoint(context, PostPreview, ({ params: { section }, body }) =>
        preview(context, section, shapedAs(section, body.value)),
      ),
    )
    .post(
      '/settings/:section/reset',
      apiEndpoint(context, PostReset, ({ params: { section }, body }, { caller }) =>
        saveSection(context, caller, {
          name: section,
          value: DEFAULT_SETTINGS[section],
          version: body.version,
        }),
      ),
    );

/** @throws {AppError} 400 `invalid_settings`, or `no_preview` for what moves no account; as `joinPreview` does. */
async function preview<Name extends SectionName>(
  context: Context,
  name: Name,
  value: Settings[Name],
): Promise<Preview | Underway> {
  if (!CLASSIFYING.includes(name))
    throw new AppError(400, 'no_preview', { message: '这一组设置不影响客户分类，没有可预览的变化' });
  const [first, ...more] = problemsOfSection(name, value);
  if (first)
    throw new AppError(400, 'invalid_settings', { message: first.message, details: [first, ...more] });
  const draft = { [name]: value };
  return joinPreview(context, {
    draft,
    work: (tell) => previewClassification(context, draft, tell),
  });
}

/** In the words of the people who fill it in. */
const { localeError } = z.locales.zhCN();

/** @throws {AppError} 400 `invalid_settings` when the value is not of the section's shape. */
function shapedAs<Name extends SectionName>(name: Name, value: unknown): Settings[Name] {
  const shape = SECTION_SHAPES[name as SectionName] as unknown as z.ZodType<Settings[Name]>;
  const checked = shape.safeParse(value, { error: localeError });
  if (checked.success) return checked.data;
  const details = checked.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
  throw new AppError(400, 'invalid_settings', { message: details[0]?.message ?? '格式不对', details });
}
