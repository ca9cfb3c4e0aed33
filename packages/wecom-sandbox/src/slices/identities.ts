/** The right to ask once for a member's details. Times in ms. */
export type UserTicket = { ticket: string; userid: string; expiresAt: number };

/** A rule group 规则组 of the customer-contact function; it may hold tags of its own. */
export type Strategy = {
  id: number;
  name: string;
  parentId: number;
  createdAt: number;
  adminIds: string[];
  privilege: Record<string, boolean>;
  users: string[];
  parties: number[];
};

/** A group of tags that belongs to a rule group. */
export type StrategyTagGroup = {
  id: string;
  strategyId: number;
  name: string;
  order: number;
  createdAt: number;
  tags: { id: string; name: string; order: number; createdAt: number }[];
};

/** What the platform keeps of identities and of rule groups. */
export type IdentitySlice = {
  userTickets: UserTicket[];
  strategies: Strategy[];
  strategyTags: StrategyTagGroup[];
};
