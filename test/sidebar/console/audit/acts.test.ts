import { expect, it } from 'vitest';
import { actText } from '../../../../sidebar/console/audit/acts.ts';
import { signedRoutes } from '../../../support/all-routes.ts';

it.each([
  ['account.merge', '合并客户'],
  ['settings.tier', '设置：客户分层'],
  ['settings.somethingOld', 'settings.somethingOld'],
  ['something.new', 'something.new'],
  ['GET /contacts/:externalUserId/profile', '联系人'],
  ['POST /pool/assign', '待分配客户'],
  ['GET /something-new', 'GET /something-new'],
])('calls %s %s; what has no words stays as it was noted', (act, words) => {
  expect(actText(act)).toBe(words);
});

it('has words for what every request is about', () => {
  expect(signedRoutes().filter(({ route }) => actText(route) === route)).toEqual([]);
});
