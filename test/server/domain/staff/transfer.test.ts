import { describe, expect, it } from 'vitest';
import { freeAccounts, ownerChange, stuckAccounts } from '../../../../server/domain/staff/handover.ts';
import {
  isNoFollower,
  isOwnerNow,
  isTooOften,
  mayConcern,
  stateAfter,
  transferFault,
  transferNotice,
  transferReason,
  transferStateName,
  TRANSFER_STATES,
  type TransferNews,
} from '../../../../server/domain/staff/transfer.ts';

const NOW = new Date('2026-03-11T10:00:00+08:00');
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const ago = (ms: number) => new Date(NOW.getTime() - ms);

describe('the limit of two moves in 90 days', () => {
  it.each([
    ['never moved', [], false],
    ['moved once', [ago(DAY_MS)], false],
    ['moved twice', [ago(DAY_MS), ago(2 * DAY_MS)], true],
    ['moved twice, the earlier one millisecond less than 90 days ago', [ago(0), ago(90 * DAY_MS - 1)], true],
    ['moved twice, the earlier just 90 days ago', [ago(0), ago(90 * DAY_MS)], false],
  ])('%s', (_name, movedAt, expected) => {
    expect(isTooOften(movedAt, NOW)).toBe(expected);
  });
});

describe('two members', () => {
  const takeover = { _id: 'anna', isActive: true };
  it.each([
    ['on_job', 'active', null],
    ['on_job', 'disabled', null],
    ['on_job', 'hidden', null],
    ['on_job', 'left', 'owner_has_left'],
    ['resigned', 'left', null],
    ['resigned', 'hidden', null],
    ['resigned', 'active', 'owner_not_left'],
    ['resigned', 'disabled', 'owner_not_left'],
    ['resigned', 'not_activated', 'owner_not_left'],
  ] as const)('%s, the owner is %s: %s', (kind, standing, fault) => {
    expect(transferFault(kind, { handoverId: 'ben', standing, takeover })).toBe(fault);
  });

  it.each([
    ['nobody', null, 'taker_not_active'],
    ['somebody who is gone', { _id: 'anna', isActive: false }, 'taker_not_active'],
    ['the owner', { _id: 'ben', isActive: true }, 'same_person'],
  ])('cannot hand over to %s', (_name, taker, fault) => {
    expect(transferFault('on_job', { handoverId: 'ben', standing: 'active', takeover: taker })).toBe(fault);
  });
});

const told = (outcome: TransferNews['outcome'], takeoverAt: Date | null = null): TransferNews => ({
  outcome,
  takeoverAt,
});

describe('an open transfer', () => {
  const asked = { state: 'asked', askedAt: ago(0) } as const;
  const waiting = { state: 'waiting', askedAt: ago(0) } as const;

  it.each(['done', 'waiting', 'refused', 'full'] as const)('whose answer was lost becomes %s', (outcome) => {
    expect(stateAfter(asked, told(outcome), NOW)).toBe(outcome);
  });

  it.each(['done', 'refused', 'full'] as const)('that waited becomes %s', (outcome) => {
    expect(stateAfter(waiting, told(outcome), NOW)).toBe(outcome);
  });

  it('is polled on while it waits, however long', () => {
    expect(stateAfter({ ...waiting, askedAt: ago(49 * 3_600_000) }, told('waiting'), NOW)).toBeNull();
    expect(stateAfter({ ...waiting, askedAt: ago(30 * DAY_MS) }, told('waiting'), NOW)).toBeNull();
  });

  it.each([
    ['asked', 10 * MINUTE_MS - 1, null],
    ['asked', 10 * MINUTE_MS, 'unknown'],
    ['waiting', 48 * 60 * MINUTE_MS - 1, null],
    ['waiting', 48 * 60 * MINUTE_MS, 'unknown'],
  ] as const)('%s for %i ms of which WeCom shows nothing: %s', (state, ms, expected) => {
    expect(stateAfter({ state, askedAt: ago(ms) }, null, NOW)).toBe(expected);
    expect(stateAfter({ state, askedAt: ago(ms) }, told('unknown'), NOW)).toBe(expected);
  });

  it('is not settled by a takeover from long before it was asked for', () => {
    expect(stateAfter(asked, told('done', ago(10 * MINUTE_MS)), NOW)).toBe('done');
    expect(stateAfter(asked, told('done', ago(10 * MINUTE_MS + 1)), NOW)).toBeNull();
  });

  it('may be meant by an event that tells a few seconds less, not by an old one', () => {
    expect(mayConcern(asked, ago(10 * MINUTE_MS))).toBe(true);
    expect(mayConcern(asked, ago(10 * MINUTE_MS + 1))).toBe(false);
  });
});

it.each([
  ['resigned', ['waiting', 'done']],
  ['on_job', ['done']],
] as const)('an account of the kind %s belongs to the taker once the transfer is %j', (kind, expected) => {
  expect(TRANSFER_STATES.filter((state) => isOwnerNow(kind, state))).toEqual(expected);
});

it.each([40097, 40098, 40099, 40100, 40128, 40129, 40130, 40131, 84061])('explains %i in Chinese', (code) => {
  expect(transferReason(code)).toMatch(/^[^a-z]*\p{Script=Han}[^a-z]*$/u);
  expect(transferStateName('rejected', code)).toBe(`未能发起：${transferReason(code)}`);
});

it('tells a code that it does not know, and no reason where there is none', () => {
  expect(transferReason(99999)).toBe('企业微信返回错误码 99999');
  expect(transferStateName('refused', null)).toBe('客户拒绝');
});

it('takes only these codes for a contact whom the owner does not follow', () => {
  expect([40131, 84061, 40096, 40097, 40129, 0].filter(isNoFollower)).toEqual([40131, 84061, 40096]);
});

it('tells administrators of a refusal once for each pair of members, without names', () => {
  const pair = { handoverId: 'ben', takeoverId: 'anna' };
  expect(transferNotice(pair, 'refused')).toMatchObject({ kind: 'transfer-refused', subject: 'ben.anna' });
  expect(transferNotice(pair, 'full')).toMatchObject({ kind: 'transfer-full', subject: 'ben.anna' });
});

describe('accounts', () => {
  const contacts = [
    { externalUserId: 'wm1', accountId: 'a' },
    { externalUserId: 'wm2', accountId: 'a' },
    { externalUserId: 'wm3', accountId: null },
  ];

  it('are free when none of their contacts has to be moved', () => {
    expect(freeAccounts(['a', 'b'], contacts, new Set())).toEqual(['b']);
    expect(freeAccounts(['a', 'b'], contacts, new Set(['wm1']))).toEqual(['b']);
    expect(freeAccounts(['a', 'b'], contacts, new Set(['wm1', 'wm2']))).toEqual(['a', 'b']);
  });

  it('are stuck when a contact cannot be moved, not when one is on its way', () => {
    const problem = { externalUserId: 'wm1', reason: '' };
    const problems = (['in_progress', 'too_often', 'rejected'] as const).map((code) => ({
      ...problem,
      accountId: code,
      code,
    }));
    expect(stuckAccounts([...problems, { ...problem, accountId: null, code: 'rejected' }])).toEqual([
      'too_often',
      'rejected',
    ]);
  });

  it('change hands once for all their contacts: the change has one id', () => {
    const handover = {
      kind: 'on_job',
      handoverId: 'ben',
      takeoverId: 'anna',
      askedBy: 'lena',
      askedAt: NOW,
    } as const;
    expect(ownerChange(handover, 'a', ago(0))._id).toBe(ownerChange(handover, 'a', ago(-DAY_MS))._id);
    expect(ownerChange({ ...handover, askedAt: ago(1) }, 'a', NOW)._id).not.toBe(
      ownerChange(handover, 'a', NOW)._id,
    );
  });
});
