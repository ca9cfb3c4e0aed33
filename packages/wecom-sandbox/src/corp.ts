import type { SandboxGroup } from './slices/groups.ts';

/** A department of the corp; the root has id 1 and `parentId` 0. */
export type SandboxDepartment = { id: number; name: string; parentId: number; order: number };

/** A member of the corp. `status`: 1 active, 2 disabled, 4 not activated, 5 left. */
export type SandboxStaff = {
  userid: string;
  name: string;
  position: string;
  departments: number[];
  /** Ids of the departments that this member leads. */
  leads: number[];
  directLeaders: string[];
  status: 1 | 2 | 4 | 5;
  /** Whether the app's visible range covers the member. */
  isVisible: boolean;
  /** Whether the member has the 客户联系 function. */
  hasCustomers: boolean;
  /** Whether the real name is verified; absent means yes. */
  isVerified?: boolean;
  /** When a member of status 5 left, unix seconds. */
  leftAt?: number;
};

/** An outside person. `type`: 1 WeChat user, 2 WeCom user; only the latter shows a company and a position. */
export type SandboxCustomer = {
  externalUserId: string;
  name: string;
  type: 1 | 2;
  /** 0 unknown, 1 male, 2 female. */
  gender: 0 | 1 | 2;
  corpName: string | null;
  corpFullName?: string | null;
  position: string | null;
  openId: string;
  /** Null unless the corp bound a WeChat developer account. */
  unionId: string | null;
  /** What a member writes into the remark when this person introduces himself; null for most. */
  introducedAs: { remark: string; remarkCorpName: string } | null;
};

/** One member following one customer. Times in unix seconds. */
export type SandboxRelation = {
  userid: string;
  externalUserId: string;
  remark: string;
  description: string;
  remarkCorpName: string;
  remarkMobiles: string[];
  /** Source of the customer, numbered as in WeCom. Source: wecom.md §3.3. */
  addWay: number;
  state: string;
  createdAt: number;
  /** Who started: a userid, or the external_userid when the customer did. */
  operUserId: string;
  tagIds: string[];
  /** The last time the two exchanged a line; 0 when never. */
  talkedAt: number;
  /** The customer deleted the member; the member's client still shows him. */
  deletedByCustomer: boolean;
};

/** A corp tag; deleted ones are kept, as asking by id still finds them. */
export type SandboxTag = { id: string; name: string; createdAt: number; order: number; isDeleted: boolean };

/** A group of corp tags. An app may change only groups made by itself, not those of the admin console. */
export type SandboxTagGroup = {
  id: string;
  name: string;
  createdAt: number;
  order: number;
  madeBy: 'app' | 'console';
  isDeleted: boolean;
  tags: SandboxTag[];
};

/** A whole corp as the platform knows it, JSON-friendly. `seed` makes all later ids deterministic. */
export type SandboxCorp = {
  seed: number;
  corpId: string;
  corpName: string;
  agentId: string;
  appName: string;
  agentSecret: string;
  callbackToken: string;
  callbackAesKey: string;
  departments: SandboxDepartment[];
  staff: SandboxStaff[];
  customers: SandboxCustomer[];
  relations: SandboxRelation[];
  tagGroups: SandboxTagGroup[];
  /** Customer groups that the corp starts with; later they live in the state. */
  groups?: SandboxGroup[];
};
