/** A QR code or button by which customers add a member 联系我. Times in unix seconds. */
export type ContactWay = {
  configId: string;
  createdAt: number;
  type: 1 | 2;
  scene: 1 | 2;
  style: number;
  remark: string;
  skipVerify: boolean;
  state: string;
  users: string[];
  parties: number[];
  isTemp: boolean;
  /** Life of a temporary way, and of the chat that comes from it, seconds. */
  expiresIn: number;
  chatExpiresIn: number;
  unionId: string;
  conclusions: Record<string, unknown>;
  isExclusive: boolean;
  markSource: boolean;
  /** Counts scans, so that members take turns. */
  scans: number;
  /** Which member a customer got, by external_userid. */
  routes: Record<string, string>;
};

/** A customer who came by an acquisition link. */
export type LinkCustomer = {
  externalUserId: string;
  userid: string;
  state: string;
  addedAt: number;
  /** How many lines the customer has written. */
  heard: number;
};

/** An acquisition link 获客链接. Times in unix seconds. */
export type AcquisitionLink = {
  linkId: string;
  name: string;
  url: string;
  createdAt: number;
  skipVerify: boolean;
  markSource: boolean;
  users: string[];
  parties: number[];
  priorityType: number | null;
  priorityUsers: string[];
  clicks: { externalUserId: string; at: number }[];
  customers: LinkCustomer[];
};

/** Uses of acquisition links that were bought together; `left` of them are not used up yet. */
export type LinkQuota = { expiresAt: number; bought: number; left: number };

/** A right to ask about one chat for 30 minutes. */
export type ChatKey = { key: string; linkId: string; externalUserId: string; expiresAt: number };

/** What the platform keeps of the ways in which customers find members. */
export type EntrySlice = {
  contactWays: ContactWay[];
  links: AcquisitionLink[];
  linkQuotas: LinkQuota[];
  chatKeys: ChatKey[];
};
