import { DEFAULT_PLAYBOOK, playbookProblems } from './playbook.ts';
import type { Problem } from './problem.ts';
import { DEFAULT_TIER_SETTINGS } from './tier.ts';

/** A section of the settings: what holds while nobody saved it, and what is wrong with a value of its shape. */
type SectionOf<Value> = { defaults: Value; problemsOf: (value: Value) => Problem[] };

const section = <Value>(defaults: Value, problemsOf: (value: Value) => Problem[]): SectionOf<Value> => ({
  defaults,
  problemsOf,
});

/** Every number that an administrator can change: one line a section; each belongs to the module that reads it. */
export const SECTIONS = {
  tier: section(DEFAULT_TIER_SETTINGS, () => []),
  playbook: section(DEFAULT_PLAYBOOK, playbookProblems),
};

export type SectionName = keyof typeof SECTIONS;
export type Settings = { [Name in SectionName]: (typeof SECTIONS)[Name]['defaults'] };

export const SECTION_NAMES = Object.keys(SECTIONS) as SectionName[];

/** The numbers of domain.md, by section. */
export const DEFAULT_SETTINGS = Object.fromEntries(
  Object.entries(SECTIONS).map(([name, { defaults }]) => [name, defaults]),
) as Settings;

/** What is wrong with a value that has the shape of the section. */
export function problemsOfSection<Name extends SectionName>(name: Name, value: Settings[Name]): Problem[] {
  const { problemsOf } = SECTIONS[name] as unknown as SectionOf<Settings[Name]>;
  return problemsOf(value);
}
