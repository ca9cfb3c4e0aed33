import { matchKey } from '../match-key.ts';

type Member = { _id: string; name: string; isActive: boolean };

/** The members whom a row may name, by userid and by name. */
export type Members = { byId: ReadonlyMap<string, string>; byName: ReadonlyMap<string, readonly Member[]> };

/** WeCom does not tell capitals of a userid apart. */
const idKey = (text: string) => text.trim().toLowerCase();

/** Puts members into the order in which rows ask for them. */
export function membersOf(staff: readonly Member[]): Members {
  const byName = new Map<string, Member[]>();
  for (const member of staff)
    byName.set(matchKey(member.name), [...(byName.get(matchKey(member.name)) ?? []), member]);
  return { byId: new Map(staff.map(({ _id }) => [idKey(_id), _id])), byName };
}

/** The userid of the owner: written as it is, or as a name that only one member has; '' when nobody is named or a problem was found. */
export function ownerCell(
  { text, members, label = '负责人' }: { text: string; members: Members; label?: string },
  problems: string[],
): string {
  if (!text) return '';
  const exact = members.byId.get(idKey(text));
  const [only, ...others] = exact ? [exact] : namesakes(text, members);
  if (only && others.length === 0) return only;
  problems.push(
    only
      ? `${label}“${text}”有 ${others.length + 1} 位：${[only, ...others].join('、')}，请填 userid`
      : `${label}“${text}”不是已同步的成员（应填 userid）`,
  );
  return '';
}

/** The members of a name; those who left only where nobody else has it. */
function namesakes(name: string, { byName }: Members): string[] {
  const named = byName.get(matchKey(name)) ?? [];
  const active = named.filter(({ isActive }) => isActive);
  return (active.length > 0 ? active : named).map(({ _id }) => _id);
}
