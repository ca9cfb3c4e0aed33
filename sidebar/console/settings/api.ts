import type {
  PreviewUnderway,
  PreviewView,
  SectionSaved,
  SectionView,
  SettingsView,
} from '../../../server/api/contract/settings.ts';
import { call } from '../../parts/api.ts';

type Name = SectionView['name'];

/** Every section of the settings; administrators only, like the rest here. */
export const readSettings = () => call<SettingsView>('/settings');
/** Saves what was read at `version`; 400 `invalid_settings`, 409 `changed_meanwhile` with `details`. */
export const saveSection = (name: Name, wish: { value: unknown; version: number }) =>
  call<SectionSaved>(`/settings/${name}`, wish);
/** The defaults again, by the same rules. */
export const resetSection = (name: Name, version: number) =>
  call<SectionSaved>(`/settings/${name}/reset`, { version });
/** What these numbers would move; of a large book first how far that is: ask again. */
export const previewSection = (name: Name, value: unknown) =>
  call<PreviewView | PreviewUnderway>(`/settings/${name}/preview`, { value });
