import { expect, it } from 'vitest';
import { SECTION_SHAPES } from '../../../server/api/contract/settings-shapes.ts';
import {
  DEFAULT_SETTINGS,
  problemsOfSection,
  SECTION_NAMES,
  SECTIONS,
} from '../../../server/domain/settings.ts';

it('has a shape in the contract for every section, and no other', () => {
  expect(Object.keys(SECTION_SHAPES).sort()).toEqual([...SECTION_NAMES].sort());
});

it.each(SECTION_NAMES)(
  'has defaults for %s that have its shape, whole, and nothing wrong with them',
  (name) => {
    expect(SECTION_SHAPES[name].parse(DEFAULT_SETTINGS[name])).toEqual(DEFAULT_SETTINGS[name]);
    expect(problemsOfSection(name, DEFAULT_SETTINGS[name])).toEqual([]);
    expect(typeof SECTIONS[name].problemsOf).toBe('function');
  },
);

it.each(SECTION_NAMES)('keeps the defaults of %s over a database: plain values only', (name) => {
  expect(JSON.parse(JSON.stringify(DEFAULT_SETTINGS[name]))).toEqual(DEFAULT_SETTINGS[name]);
});
