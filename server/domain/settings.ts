import { auditProblems, DEFAULT_AUDIT } from './system/audit.ts';
import { cadenceProblems, DEFAULT_CADENCE } from './cadence/cadence-settings.ts';
import { calendarProblems, DEFAULT_CALENDAR } from './calendar.ts';
import { channelProblems, DEFAULT_CHANNELS } from './channels/channel.ts';
import { claimProblems, DEFAULT_CLAIMS } from './staff/claim.ts';
import { customFieldProblems, DEFAULT_CUSTOM_FIELDS } from './accounts/custom-field.ts';
import { DEFAULT_GO_LIVE, goLiveProblems } from './cadence/go-live.ts';
import { DEFAULT_KDM_SETTINGS, kdmSettingsProblems } from './contacts/kdm.ts';
import { DEFAULT_LIFECYCLE, lifecycleProblems } from './classification/lifecycle.ts';
import { DEFAULT_PLAYBOOK, playbookProblems } from './classification/playbook.ts';
import type { Problem } from './problem.ts';
import { DEFAULT_TIER_SETTINGS, tierProblems } from './classification/tier.ts';
import { DEFAULT_VALUE_CLASS, valueClassProblems } from './classification/value-class.ts';
import { DEFAULT_WARNINGS, warningProblems } from './warnings/settings.ts';

/** A section of the settings: what holds while nobody saved it, and what is wrong with a value of its shape. */
type SectionOf<Value> = { defaults: Value; problemsOf: (value: Value) => Problem[] };

const section = <Value>(defaults: Value, problemsOf: (value: Value) => Problem[]): SectionOf<Value> => ({
  defaults,
  problemsOf,
});

/** Every number that an administrator can change: one line a section; each belongs to the module that reads it. */
export const SECTIONS = {
  tier: section(DEFAULT_TIER_SETTINGS, tierProblems),
  valueClass: section(DEFAULT_VALUE_CLASS, valueClassProblems),
  lifecycle: section(DEFAULT_LIFECYCLE, lifecycleProblems),
  cadence: section(DEFAULT_CADENCE, cadenceProblems),
  calendar: section(DEFAULT_CALENDAR, calendarProblems),
  goLive: section(DEFAULT_GO_LIVE, goLiveProblems),
  channels: section(DEFAULT_CHANNELS, channelProblems),
  claims: section(DEFAULT_CLAIMS, claimProblems),
  customFields: section(DEFAULT_CUSTOM_FIELDS, customFieldProblems),
  kdm: section(DEFAULT_KDM_SETTINGS, kdmSettingsProblems),
  playbook: section(DEFAULT_PLAYBOOK, playbookProblems),
  warnings: section(DEFAULT_WARNINGS, warningProblems),
  audit: section(DEFAULT_AUDIT, auditProblems),
};

export type SectionName = keyof typeof SECTIONS;
export type Settings = { [Name in SectionName]: (typeof SECTIONS)[Name]['defaults'] };

export const SECTION_NAMES = Object.keys(SECTIONS) as SectionName[];

/** What accounts are classified by: a change of it can be tried on the whole book before it is saved. */
export const CLASSIFYING: readonly string[] = ['tier', 'valueClass', 'lifecycle'];

/** What due dates are counted by. */
export const PACING: readonly string[] = ['cadence', 'calendar', 'goLive'];

/** The numbers of domain.md, by section. */
export const DEFAULT_SETTINGS = Object.fromEntries(
  Object.entries(SECTIONS).map(([name, { defaults }]) => [name, defaults]),
) as Settings;

/** What is wrong with a value that has the shape of the section. */
export function problemsOfSection<Name extends SectionName>(name: Name, value: Settings[Name]): Problem[] {
  const { problemsOf } = SECTIONS[name] as unknown as SectionOf<Settings[Name]>;
  return problemsOf(value);
}
