import { expect, it } from 'vitest';
import { doerName } from '../../../server/domain/account-view.ts';

it.each([
  ['anna', '安娜'],
  ['classify-accounts', '系统'],
  ['key:erp', 'key:erp'],
  ['gone', 'gone'],
])('a change by %s is told as by %s', (by, expected) => {
  expect(doerName(by, new Map([['anna', '安娜']]))).toBe(expected);
});
