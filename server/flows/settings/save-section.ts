import type { Context } from '../../context.ts';
import { problemsOfSection, type SectionName, type Settings } from '../../domain/settings.ts';
import { AppError } from '../../errors.ts';

type Needs = Pick<Context, 'settings' | 'staff' | 'audit' | 'now'>;

/** What somebody wants a section to be, and which version they looked at. */
export type SectionChange<Name extends SectionName> = { name: Name; value: Settings[Name]; version: number };

/**
 * Saves one section of the settings; who saved in between is told of, never overwritten.
 *
 * @throws {AppError} 400 `invalid_settings` with the problems; 409 `changed_meanwhile` with the section as it is now.
 */
export async function saveSection<Name extends SectionName>(
  context: Needs,
  { staffId }: { staffId: string },
  { name, value, version }: SectionChange<Name>,
): Promise<{ value: Settings[Name]; version: number }> {
  const { settings, audit, now } = context;
  const [first, ...more] = problemsOfSection(name, value);
  if (first)
    throw new AppError(400, 'invalid_settings', { message: first.message, details: [first, ...more] });
  const before = await settings.readSection(name);
  const by = { by: staffId, at: now() };
  const isSaved = before.version === version && (await settings.save(name, { value, version }, by));
  if (!isSaved) throw await changedMeanwhile(context, name);
  await audit.note([
    { ...by, act: `settings.${name}`, subject: `settings:${name}`, from: before.value, to: value },
  ]);
  return { value, version: version + 1 };
}

async function changedMeanwhile({ settings, staff }: Needs, name: SectionName): Promise<AppError> {
  const { value, version, by, at } = await settings.readSection(name);
  const member = by ? await staff.findCurrent(by) : null;
  const who = member?.name ?? by ?? '有人';
  return new AppError(409, 'changed_meanwhile', {
    message: `${who} 刚刚保存了这一组设置，您的修改还没有保存`,
    details: {
      value,
      version,
      savedBy: by ? { staffId: by, name: who } : null,
      savedAt: at?.toISOString() ?? null,
    },
  });
}
