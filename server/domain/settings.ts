import { DEFAULT_TIER_SETTINGS } from './tier.ts';

/** Every number that an administrator can change, by section; each section belongs to the module that reads it. */
export const DEFAULT_SETTINGS = {
  tier: DEFAULT_TIER_SETTINGS,
};
export type Settings = typeof DEFAULT_SETTINGS;
export type SectionName = keyof Settings;
