import { expect, it } from 'vitest';
import { membersOf, ownerCell } from '../../../../server/domain/imports/owner-cell.ts';

const members = membersOf([
  { _id: 'LiLei', name: '李雷', isActive: true },
  { _id: 'wang1', name: '王芳', isActive: true },
  { _id: 'wang2', name: '王芳', isActive: true },
  { _id: 'zhao1', name: '赵敏', isActive: false },
  { _id: 'zhao2', name: '赵敏', isActive: true },
  { _id: 'qian', name: '钱进', isActive: false },
]);

it.each([
  ['LiLei', 'LiLei', []],
  ['lilei', 'LiLei', []],
  ['李雷', 'LiLei', []],
  [' 李 雷 ', 'LiLei', []],
  ['赵敏', 'zhao2', []],
  ['钱进', 'qian', []],
  ['', '', []],
  ['王芳', '', ['负责人“王芳”有 2 位：wang1、wang2，请填 userid']],
  ['韩梅梅', '', ['负责人“韩梅梅”不是已同步的成员（应填 userid）']],
])('an owner “%s” is “%s”', (text, userid, problems) => {
  const found: string[] = [];
  expect([ownerCell({ text, members }, found), found]).toEqual([userid, problems]);
});
