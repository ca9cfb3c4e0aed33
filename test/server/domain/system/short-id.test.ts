import { expect, it } from 'vitest';
import { shortId } from '../../../../server/domain/system/short-id.ts';

it.each([
  ['wmAJ2GCAAAXtWyujaWJHDDGi0mACH71w', 'wmAJ…H71w'],
  ['zhangsan', 'zh…an'],
  ['lisi', 'l…i'],
  ['bob', '…'],
  ['', '…'],
])('%s is told as %s', (id, shown) => {
  expect(shortId(id)).toBe(shown);
});
