import { expect, it } from 'vitest';
import { changeText } from '../../sidebar/chat/kdm/value-text.ts';

const mobile = (verifiedOn: string | null) => [{ kind: 'mobile' as const, value: '138', verifiedOn }];

it('says of a number that was only verified when it was, instead of naming it twice', () => {
  expect(changeText({ field: 'methods', from: mobile(null), to: mobile('2026-11-20') })).toMatch(
    /^手机 138（未核实） → 手机 138（.*核实）$/,
  );
});

it('says nothing of verifying where the number itself changed', () => {
  const to = [{ kind: 'mobile' as const, value: '139', verifiedOn: '2026-11-20' }];
  expect(changeText({ field: 'methods', from: mobile(null), to })).toBe('手机 138 → 手机 139');
});
