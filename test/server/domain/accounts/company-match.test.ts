import { describe, expect, it } from 'vitest';
import {
  companyClueOf,
  createCompanyMatch,
  learnedOf,
} from '../../../../server/domain/accounts/company-match.ts';
import { matchKey } from '../../../../server/domain/match-key.ts';

type Company = { _id: string; name: string; nameKey?: string; legalKey?: string; shortKey?: string };
const aCompany = (name: string, more: { legal?: string; short?: string } = {}): Company => ({
  _id: name,
  name,
  nameKey: matchKey(name),
  ...(more.legal ? { legalKey: matchKey(more.legal) } : {}),
  ...(more.short ? { shortKey: matchKey(more.short) } : {}),
});
const clue = (corpName: string, corpFullName = '') =>
  companyClueOf({ corpName, corpFullName, remarkCorpNames: [] });

function matchIn(...companies: Company[]) {
  const named = (field: 'nameKey' | 'legalKey') =>
    companies.flatMap((each) => (each[field] ? [[each[field], each] as const] : []));
  const byShort = new Map<string, Company[]>();
  for (const each of companies)
    if (each.shortKey) byShort.set(each.shortKey, [...(byShort.get(each.shortKey) ?? []), each]);
  const byKey = new Map([...named('nameKey'), ...named('legalKey')]);
  return createCompanyMatch({ byId: new Map(), byNumber: new Map(), byKey, byShort });
}

describe('the account of a contact’s company', () => {
  it.each<[string, Company[], ReturnType<typeof clue>, string | null]>([
    [
      'is the one with that legal name',
      [aCompany('华星', { legal: '华星(苏州)' })],
      clue('星', '华星（苏州）'),
      '华星',
    ],
    [
      'is the one that is called by the legal name',
      [aCompany('华星(苏州)')],
      clue('华星', '华星（苏州）'),
      '华星(苏州)',
    ],
    [
      'is the one of the short name while it has no legal one',
      [aCompany('华星')],
      clue('华星', '华星苏州'),
      '华星',
    ],
    [
      'is none of another legal name',
      [aCompany('华星', { legal: '华星苏州' })],
      clue('华星', '华星深圳'),
      null,
    ],
    [
      'is the one of the short name when nobody tells a legal one',
      [aCompany('华星', { legal: '华星苏州' })],
      clue('华星'),
      '华星',
    ],
    [
      'is the only one that is called so for short',
      [aCompany('华星苏州', { short: '华星' })],
      clue('华星'),
      '华星苏州',
    ],
    [
      'is none when several are called so for short',
      [aCompany('华星苏州', { short: '华星' }), aCompany('华星深圳', { short: '华星' })],
      clue('华星'),
      null,
    ],
    ['is none when nothing is known', [aCompany('华星')], clue('', ''), null],
  ])('%s', (...[, companies, told, expected]) => {
    expect(matchIn(...companies).find(told)?._id ?? null).toBe(expected);
  });

  it('goes to one legal name only of two that come at once', () => {
    const match = matchIn(aCompany('华星'));
    expect([match.find(clue('华星', '华星苏州'))?._id, match.find(clue('华星', '华星深圳'))]).toEqual([
      '华星',
      null,
    ]);
    expect(match.nameFor(clue('华星', '华星深圳'))).toBe('华星深圳');
  });

  it('is called as people say, and by the legal name where another company is called so', () => {
    const match = matchIn();
    expect(match.nameFor(clue('华星', '华星苏州'))).toBe('华星');
    expect(match.nameFor(clue('华星', '华星苏州'))).toBe('华星');
    expect(match.nameFor(clue('华星', '华星深圳'))).toBe('华星深圳');
    expect(match.nameFor(clue('启明'))).toBe('启明');
  });
});

it('learns a legal name once, and the short name where it is called otherwise', () => {
  const told = clue('华星', '华星苏州');
  expect(learnedOf(aCompany('华星'), told)).toEqual({ legalName: '华星苏州', legalKey: '华星苏州' });
  expect(learnedOf(aCompany('华星苏州'), told)).toEqual({
    legalName: '华星苏州',
    legalKey: '华星苏州',
    shortKey: '华星',
  });
  expect(learnedOf(aCompany('星', { legal: '华星苏州', short: '星星' }), told)).toEqual({});
  expect(learnedOf(aCompany('华星'), clue('华星'))).toEqual({});
});
