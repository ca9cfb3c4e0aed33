import { describe, expect, it } from 'vitest';
import { traitsOf } from '../../../../server/errors.ts';
import { WecomError, WecomShut, WecomUnreachable } from '../../../../server/wecom/client/error.ts';

const PATH = '/cgi-bin/externalcontact/get';
const HINT = 'hint: [1700000000312345]';
const FROM = 'from ip: 203.0.113.7';
const MORE = 'more info at https://open.work.weixin.qq.com/devtool/query?e=40014';

const flags = (errcode: number) => {
  const { isStaleToken, isTransient, isNoRelation, isBadTag, isNotAllowed } = new WecomError(
    errcode,
    '',
    PATH,
  );
  return Object.entries({ isStaleToken, isTransient, isNoRelation, isBadTag, isNotAllowed })
    .filter(([, isSet]) => isSet)
    .map(([name]) => name);
};

describe('a refusal', () => {
  it.each([
    [`invalid access_token, ${HINT}, ${FROM}, ${MORE}`, 'invalid access_token'],
    [`invalid access_token, ${FROM}, ${MORE}`, 'invalid access_token'],
    [`invalid access_token, ${MORE}`, 'invalid access_token'],
    [`invalid access_token,${HINT}`, 'invalid access_token'],
    [`invalid access_token ${HINT}`, 'invalid access_token'],
    [`invalid access_token. Hint: [1700000000]`, 'invalid access_token'],
    [`invalid Request Parameter, field: limit, ${HINT}, ${FROM}`, 'invalid Request Parameter, field: limit'],
    [`not allow to access from your ip, ${HINT}, ${FROM}, ${MORE}`, 'not allow to access from your ip'],
    ['api freq out of limit', 'api freq out of limit'],
    ['', ''],
  ])('worded “%s” says “%s”', (words, told) => {
    expect(new WecomError(40014, words, PATH).message).toBe(`${PATH} answered 40014: ${told}`);
  });

  it('never fills the log, however long the answer', () => {
    expect(new WecomError(-1, 'x'.repeat(10_000), PATH).message.length).toBeLessThan(250);
  });

  it.each([
    ...[40001, 40014, 42001].map((code) => [code, 'isStaleToken'] as const),
    ...[-1, 6000, 45009, 45033, 41063, 41079, 41096].map((code) => [code, 'isTransient'] as const),
    ...[84061, 40096].map((code) => [code, 'isNoRelation'] as const),
    ...[40068, 40070].map((code) => [code, 'isBadTag'] as const),
    ...[48002, 60011, 60020, 60021, 84074, 50002, 301002, 81011].map(
      (code) => [code, 'isNotAllowed'] as const,
    ),
  ])('%i is of one kind: %s', (errcode, kind) => {
    expect(flags(errcode)).toEqual([kind]);
  });

  it.each([40003, 40013, 40058, 41048, 41050, 41051, 60111, 81013, 82001])('%i is of no kind', (errcode) => {
    expect(flags(errcode)).toEqual([]);
  });

  it.each([
    [45033, true],
    [40003, true],
    [-1, false],
  ])('%i certainly took no effect: %s', (errcode, isUnsent) => {
    expect(new WecomError(errcode, 'refused', PATH).isUnsent).toBe(isUnsent);
  });
});

it('tells of an unusable answer where it happened, why, and whether anything can have happened', () => {
  const error = new WecomUnreachable(PATH, 'HTTP 502', false);
  expect(error.message).toBe(`${PATH} gave no usable answer: HTTP 502`);
  expect(error).toMatchObject({ name: 'WecomUnreachable', path: PATH, isUnsent: false });
});

it('tells that an API is shut, until when, and that nothing was sent', () => {
  const until = new Date('2026-03-11T02:01:00Z');
  const error = new WecomShut(PATH, until);
  expect(error.message).toBe(`${PATH} is shut until 2026-03-11T02:01:00.000Z`);
  expect(error).toMatchObject({ name: 'WecomShut', path: PATH, until, isUnsent: true, isTransient: true });
});

it.each([
  [42001, 'R'],
  [-1, 'B'],
  [40058, 'P'],
  [60020, 'C'],
  [84061, 'S'],
])('%i asks for the reaction %s', (errcode, reaction) => {
  expect(new WecomError(errcode, '', PATH).reaction).toBe(reaction);
});

describe('what decides about another try', () => {
  const until = new Date('2026-03-11T02:01:00Z');
  const none = {
    isUnsent: false,
    isTransient: false,
    isStaleToken: false,
    needsPerson: false,
    isFinal: false,
    until: null,
  };

  it.each([
    ['a refusal', new WecomError(40058, '', PATH), { isUnsent: true, isFinal: true }],
    ['a stale token', new WecomError(42001, '', PATH), { isUnsent: true, isStaleToken: true }],
    ['who is busy', new WecomError(-1, '', PATH), { isTransient: true }],
    ['a setting', new WecomError(60020, '', PATH), { isUnsent: true, needsPerson: true }],
    ['a tag that is gone', new WecomError(40068, '', PATH), { isUnsent: true }],
    ['a lost answer', new WecomUnreachable(PATH, 'time-out', false), { isTransient: true }],
    ['a shut API', new WecomShut(PATH, until), { isUnsent: true, isTransient: true, until }],
    ['a stranger', new TypeError('oops'), {}],
    ['a stranger with words of its own', Object.assign(new Error('x'), { isUnsent: 'yes', until: 1 }), {}],
    ['no error', { isUnsent: true }, {}],
  ])('is told by %s', (_what, error, told) => {
    expect(traitsOf(error)).toEqual({ ...none, ...told });
  });
});
