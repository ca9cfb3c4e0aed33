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
import { recomputeDue } from '../flows/accounts/recompute-due.ts';
import { listSettings } from '../flows/settings/list-settings.ts';
import { saveSection, type SectionWish } from '../flows/settings/save-section.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Signed } from './caller.ts';
import { GetSettings, PostPreview, PostReset, PostSection } from './contract/settings.ts';
import { SECTION_SHAPES } from './contract/settings-shapes.ts';

/** What administrators decide. */
export const settingsRoutes = (context: Context) =>
  new Router<Signed>()
    .get(
      '/settings',
      endpoint(GetSettings, () => listSettings(context)),
    )
    .post(
      '/settings/:section',
      endpoint(PostSection, ({ params: { section }, body }, { caller }: Signed) =>
        save(context, caller, {
          name: section,
          value: shapedAs(section, body.value),
          version: body.version,
        }),
      ),
    )
    .post(
      '/settings/:section/preview',
      endpoint(PostPreview, ({ params: { section }, body }) =>
        preview(context, section, shapedAs(section, body.value)),
      ),
    )
    .post(
      '/settings/:section/reset',
      endpoint(PostReset, ({ params: { section }, body }, { caller }: Signed) =>
        save(context, caller, {
          name: section,
          value: DEFAULT_SETTINGS[section],
          version: body.version,
        }),
      ),
    );

/** Due dates are counted by these. */
const MOVES_DUE: readonly SectionName[] = ['cadence', 'calendar'];

/** Saves a section, and moves what follows from it at once. @throws {AppError} as `saveSection` does */
async function save<Name extends SectionName>(
  context: Context,
  caller: { staffId: string },
  wish: SectionWish<Name>,
) {
  const saved = await saveSection(context, caller, wish);
  if (MOVES_DUE.includes(wish.name)) await recomputeDue(context);
  return saved;
}

/** @throws {AppError} 400 `invalid_settings`, or `no_preview` for what moves no account. */
async function preview<Name extends SectionName>(
  context: Context,
  name: Name,
  value: Settings[Name],
): Promise<Preview> {
  if (!CLASSIFYING.includes(name))
    throw new AppError(400, 'no_preview', { message: '这一组设置不影响客户分类，没有可预览的变化' });
  const [first, ...more] = problemsOfSection(name, value);
  if (first)
    throw new AppError(400, 'invalid_settings', { message: first.message, details: [first, ...more] });
  return previewClassification(context, { [name]: value });
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
