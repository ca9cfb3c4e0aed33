import type { Context } from '../../context.ts';
import { CLASSIFYING, DEFAULT_SETTINGS, SECTION_NAMES, type SectionName } from '../../domain/settings.ts';

type Needs = Pick<Context, 'settings' | 'staff'>;

/** Every section as it holds now, beside its defaults. */
export async function listSettings(context: Needs) {
  return { sections: await Promise.all(SECTION_NAMES.map((name) => viewOf(context, name))) };
}

async function viewOf({ settings, staff }: Needs, name: SectionName) {
  const { value, version, by, at } = await settings.readSection(name);
  const member = by ? await staff.findCurrent(by) : null;
  return {
    name,
    value,
    version,
    defaults: DEFAULT_SETTINGS[name],
    canPreview: CLASSIFYING.includes(name),
    savedBy: by ? { staffId: by, name: member?.name ?? by } : null,
    savedAt: at?.toISOString() ?? null,
  };
}
