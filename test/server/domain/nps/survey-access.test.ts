import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  isCorrection,
  isOneTooMany,
  MOST_CORRECTIONS,
  respondentOf,
  surveyAccess,
} from '../../../../server/domain/nps/survey-access.ts';

const given = (respondent: string | null, isFinished = true) => ({ respondent, isFinished, corrections: 0 });

const at = (corrections: number, isFinished: boolean) => ({ ...given(null, isFinished), corrections });

const plain = { browserId: 'b1', externalUserId: null };
const plainElsewhere = { browserId: 'b2', externalUserId: null };
const asked = { browserId: 'b3', externalUserId: 'wm1' };
const other = { browserId: 'b4', externalUserId: 'wm2' };
const askedHere = { browserId: 'b1', externalUserId: 'wm1' };
const otherHere = { browserId: 'b1', externalUserId: 'wm2' };

it.each([
  [{ by: 'nobody yet', answer: null }, plain, 'open'],
  [{ by: 'nobody yet', answer: null }, asked, 'open'],
  [{ by: 'nobody yet', answer: null }, other, 'foreign'],
  [{ by: 'the asked one', answer: given('contact:wm1') }, asked, 'own'],
  [{ by: 'the asked one', answer: given('contact:wm1') }, plain, 'foreign'],
  [{ by: 'the asked one', answer: given('contact:wm1') }, other, 'foreign'],
  [{ by: 'the asked one, on another phone of theirs', answer: given('contact:wm1') }, askedHere, 'own'],
  [{ by: 'a browser', answer: given('browser:b1') }, plain, 'given'],
  [{ by: 'a browser', answer: given('browser:b1', false) }, plain, 'unfinished'],
  [{ by: 'a browser', answer: given('browser:b1') }, plainElsewhere, 'foreign'],
  [{ by: 'a browser', answer: given('browser:b1') }, asked, 'foreign'],
  [{ by: 'a browser', answer: given('browser:b1') }, other, 'foreign'],
  [
    { by: 'a browser in which the asked one was recognised later', answer: given('browser:b1') },
    askedHere,
    'own',
  ],
  [
    { by: 'a browser in which another one was recognised later', answer: given('browser:b1') },
    otherHere,
    'given',
  ],
  [{ by: 'nobody knows whom (before answers were bound)', answer: given(null) }, asked, 'own'],
  [{ by: 'nobody knows whom (before answers were bound)', answer: given(null) }, plain, 'foreign'],
  [{ by: 'nobody knows whom (before answers were bound)', answer: given(null) }, other, 'foreign'],
] as const)('answered by %o, seen by %o, is %s', ({ answer }, visitor, access) => {
  expect(surveyAccess('wm1', answer, visitor)).toBe(access);
});

const anyId = fc.constantFrom('wm1', 'wm2', 'b1', 'b2', 'x');
const anyVisitor = fc.record({ browserId: anyId, externalUserId: fc.option(anyId) });

it('never shows an answer to a visitor who is neither whom we asked nor the browser that gave it', () => {
  fc.assert(
    fc.property(anyVisitor, anyVisitor, fc.boolean(), (giver, visitor, isFinished) => {
      fc.pre(visitor.externalUserId !== 'wm1' && visitor.browserId !== giver.browserId);
      const answer = given(respondentOf(giver, 'wm1'), isFinished);
      expect(surveyAccess('wm1', answer, visitor)).toBe('foreign');
    }),
  );
});

it('lets who gave the first answer finish it, whoever they are', () => {
  fc.assert(
    fc.property(anyVisitor, (giver) => {
      fc.pre(surveyAccess('wm1', null, giver) === 'open');
      const access = surveyAccess('wm1', given(respondentOf(giver, 'wm1'), false), giver);
      expect(['own', 'unfinished']).toContain(access);
    }),
  );
});

it.each([
  [{ isFinished: true, corrections: 0 }, true, true],
  [{ isFinished: true, corrections: 0 }, false, true],
  [{ isFinished: false, corrections: 0 }, false, true],
  [{ isFinished: false, corrections: 0 }, true, false],
])('after %o a change that is final: %s is a correction: %s', (before, isFinal, expected) => {
  expect(isCorrection({ respondent: null, ...before }, isFinal)).toBe(expected);
});

it('takes the last correction and no further one, but lets what was begun be finished', () => {
  expect(isOneTooMany(at(MOST_CORRECTIONS - 1, true), true)).toBe(false);
  expect(isOneTooMany(at(MOST_CORRECTIONS, true), true)).toBe(true);
  expect(isOneTooMany(at(MOST_CORRECTIONS, false), true)).toBe(false);
  expect(isOneTooMany(at(MOST_CORRECTIONS, false), false)).toBe(true);
});
