import { z } from 'zod';
import type { Problem } from '../../domain/problem.ts';
import { SECTION_NAMES } from '../../domain/settings.ts';
import { ADMINS, NOTHING } from './access.ts';

const instant = z.iso.datetime();
const person = z.object({ staffId: z.string(), name: z.string() });
const saved = { savedBy: person.nullable(), savedAt: instant.nullable() };
const params = z.object({ section: z.enum(SECTION_NAMES) });
const version = z.number().int().min(0);

/** `GET /api/v1/settings`: every section; `version` is 0 while nobody saved it, and `defaults` are what a reset brings back. */
export const GetSettings = {
  access: ADMINS,
  load: NOTHING,
  params: z.object({}),
  query: z.object({}),
  body: z.unknown(),
  answer: z.object({
    sections: z.array(
      z.object({
        name: z.enum(SECTION_NAMES),
        value: z.unknown(),
        version,
        defaults: z.unknown(),
        canPreview: z.boolean(),
        ...saved,
      }),
    ),
  }),
};
export type SettingsView = z.infer<typeof GetSettings.answer>;
export type SectionView = SettingsView['sections'][number];

/**
 * `POST /api/v1/settings/:section`: saves what was read at `version`. 400 `invalid_settings` lists the problems;
 * 409 `changed_meanwhile` brings the section as somebody else saved it.
 */
export const PostSection = {
  access: ADMINS,
  load: NOTHING,
  params,
  query: z.object({}),
  body: z.object({ value: z.unknown(), version }),
  answer: z.object({ value: z.unknown(), version }),
};
export type SectionSaved = z.infer<typeof PostSection.answer>;

/** `POST /api/v1/settings/:section/reset`: the defaults again, by the same rules. */
export const PostReset = { ...PostSection, access: ADMINS, load: NOTHING, body: z.object({ version }) };

const move = { kind: z.enum(['tier', 'stage', 'value_class']), from: z.string(), to: z.string() };

/**
 * How far a preview of a large book is; `waiting`: one with other numbers runs before it. Asked again with the same numbers,
 * it is joined, and its answer is kept for two minutes.
 */
const underway = z.object({
  state: z.enum(['running', 'waiting']),
  seen: z.number().int(),
  total: z.number().int(),
});
export type PreviewUnderway = z.infer<typeof underway>;

const preview = z.object({
  seen: z.number().int(),
  changed: z.number().int(),
  moves: z.array(z.object({ ...move, count: z.number().int() })),
  examples: z.array(z.object({ accountId: z.string(), name: z.string(), ...move })),
});
export type PreviewView = z.infer<typeof preview>;

/**
 * `POST /api/v1/settings/:section/preview`: what these numbers would move, `changed` accounts of `seen`; nothing is written.
 * 202 with how far it is when that takes more than a second: ask again. Only for sections with `canPreview`; 400 `no_preview`
 * for others; 503 `preview_failed` when it broke off.
 */
export const PostPreview = {
  access: ADMINS,
  load: NOTHING,
  params,
  query: z.object({}),
  body: z.object({ value: z.unknown() }),
  answer: z.union([preview, underway]),
  accepted: underway,
};

/** The `details` of 400 `invalid_settings`. */
export type SettingsProblems = Problem[];
/** The `details` of 409 `changed_meanwhile`. */
export type OthersSection = Pick<SectionView, 'value' | 'version' | 'savedBy' | 'savedAt'>;
