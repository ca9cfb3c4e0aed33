import type { AccountView } from '../../../server/api/contract/accounts.ts';
import { STAGE, TIER, VALUE_CLASS } from '../../parts/texts.ts';
import { nameOf } from './people.ts';
import { ACCOUNTS } from './texts.ts';

const KIND: Readonly<Record<string, string>> = {
  tier: '分层',
  stage: '阶段',
  value_class: '价值分类',
  owner: '负责人',
  account: '客户',
};
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  tier: TIER,
  stage: STAGE,
  value_class: VALUE_CLASS,
};

/** What changed, in a line; of what happened to the account as such the log of the audit tells more. */
export function changeText({ kind, from, to, isRename }: AccountView['history'][number]): string {
  if (isRename) return `改名：${from} → ${to}`;
  if (kind === 'account') return from && to ? '合并或拆分' : '建立';
  const said = (value: string) => WORDS[kind]?.[value] ?? (value ? nameOf(value) : ACCOUNTS.pool);
  const isNamesake = said(from) === said(to); // two members of one name
  const [before, after] = isNamesake
    ? [`${said(from)}（${from}）`, `${said(to)}（${to}）`]
    : [said(from), said(to)];
  return `${KIND[kind] ?? kind}：${before} → ${after}`;
}
