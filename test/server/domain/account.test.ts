import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { companyKey, companyOf } from '../../../server/domain/account.ts';

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

describe('one spelling of a company name', () => {
  it.each([
    ['full-width letters', 'ＡＣＭＥ', 'acme'],
    ['full-width brackets', '恒通（上海）有限公司', '恒通(上海)有限公司'],
    ['capitals', 'Acme LTD', 'ACME ltd'],
    ['blanks within', '恒通 机械', '恒通机械'],
    ['an ideographic blank', '恒通\u3000机械', '恒通机械'],
    ['tabs and line ends around', '\t恒通机械\n', '恒通机械'],
    ['full-width figures', '３６５在线', '365在线'],
  ])('%s do not make another company', (_, one, other) => {
    expect(companyKey(one)).toBe(companyKey(other));
  });

  it.each([
    ['恒通机械', '恒通机电'],
    ['恒通(上海)', '恒通(北京)'],
    ['恒通', '恒通机械'],
  ])('%s and %s stay two companies', (one, other) => {
    expect(companyKey(one)).not.toBe(companyKey(other));
  });

  it('is its own spelling', () => {
    const name = fc.string({ unit: fc.constantFrom(...'恒通机械ＡbＣ（）()１2 \u3000\t') });
    fc.assert(
      fc.property(name, (text) => {
        expect(companyKey(companyKey(text))).toBe(companyKey(text));
      }),
    );
  });

  it('takes a name and the same name spread out, in capitals, as one', () => {
    const name = fc.string({ unit: fc.constantFrom(...'恒通机械abcxyz019()') });
    fc.assert(
      fc.property(name, (text) => {
        expect(companyKey([...text.toUpperCase()].join(' '))).toBe(companyKey(text));
      }),
    );
  });
});
