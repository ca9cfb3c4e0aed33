import { expect, it } from 'vitest';
import { yuanText } from '../../../sidebar/parts/yuan.ts';

it.each([
  [0, '¥0'],
  [1, '¥0.01'],
  [99, '¥0.99'],
  [100, '¥1'],
  [123_450_000, '¥1,234,500'],
  [123_450_050, '¥1,234,500.50'],
])('writes %i fen as %s', (fen, text) => {
  expect(yuanText(fen)).toBe(text);
});
