import { describe, expect, it } from 'vitest';
import { companyOf } from '../../../../server/domain/accounts/account.ts';

describe('the company of a contact', () => {
  it.each([
    ['what WeCom knows wins over what staff noted', '腾讯科技', ['腾讯'], '腾讯科技'],
    ['what staff noted counts when WeCom knows nothing', null, ['华为'], '华为'],
    ['an absent name is like an unknown one', undefined, ['华为'], '华为'],
    ['an empty name is like an unknown one', '', ['华为'], '华为'],
    ['a name of blanks only is like an unknown one', ' \u3000', ['华为'], '华为'],
    ['the first note wins', null, ['比亚迪', '华为'], '比亚迪'],
    ['an empty note is passed over', null, ['', '  ', '华为'], '华为'],
    ['blanks around a name are dropped, those within stay', '  ACME China  ', [], 'ACME China'],
    ['nobody knows', null, [], null],
    ['nobody knows, and every note is blank', '', ['', ' '], null],
  ])('%s', (...[, corpName, remarkCorpNames, company]) => {
    expect(companyOf({ corpName, remarkCorpNames })).toBe(company);
  });

  it('may be asked without WeCom having said anything', () => {
    expect(companyOf({ remarkCorpNames: ['华为'] })).toBe('华为');
  });
});
