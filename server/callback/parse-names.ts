/** WeCom's words and ours; other names only begin with a small letter. Source: wecom.md §2. */
const NAMES: Readonly<Record<string, string>> = {
  UserID: 'staffId',
  NewUserID: 'newStaffId',
  ExternalUserID: 'externalUserId',
  AgentID: 'agentId',
  MemChangeList: 'memberIds',
  MemChangeCnt: 'memberCount',
  LastMemVer: 'lastVersion',
  CurMemVer: 'version',
  UpdateDetail: 'detail',
  Department: 'departmentIds',
  MainDepartment: 'mainDepartmentId',
  IsLeaderInDept: 'leads',
  DirectLeader: 'directLeaderIds',
  AddUserItems: 'addedStaffIds',
  DelUserItems: 'removedStaffIds',
  AddPartyItems: 'addedDepartmentIds',
  DelPartyItems: 'removedDepartmentIds',
  AuthAddOpenKfId: 'addedKfIds',
  AuthDelOpenKfId: 'removedKfIds',
  ExpireTime: 'expiresAt',
  ExpireQuotaNum: 'expiringUses',
  Location_X: 'latitude',
  Location_Y: 'longitude',
};

/** Names with anything else in them are not WeCom's, and some cannot be kept. */
const USUAL = /^[A-Za-z]\w{0,63}$/;

/** The same by our names, at every depth; what is empty is left out, as WeCom itself leaves out what it does not tell. */
export function byOurNames(fields: object): Record<string, unknown> {
  const named = Object.entries(fields).map(([name, value]) => [nameOf(name), inside(value)] as const);
  return Object.fromEntries(named.filter(([name, value]) => name !== null && value !== ''));
}

function inside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inside);
  return typeof value === 'object' && value !== null ? byOurNames(value) : value;
}

const nameOf = (name: string): string | null =>
  Object.hasOwn(NAMES, name) ? (NAMES[name] ?? null) : USUAL.test(name) ? lowerFirst(name) : null;

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
