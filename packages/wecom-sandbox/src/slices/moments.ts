/** One member's part of a moment. Times in unix seconds. */
export type MomentTask = {
  userid: string;
  publishedAt: number | null;
  isCancelled: boolean;
  /** Who may see it. */
  customers: string[];
  comments: MomentReaction[];
  likes: MomentReaction[];
};

/** A comment or a like, of a customer or of a member. */
export type MomentReaction = { kind: 'staff' | 'customer'; id: string; at: number };

/** A moment 客户朋友圈. Times in unix seconds. */
export type Moment = {
  momentId: string;
  jobId: string;
  createdAt: number;
  /** 0 of the corp, 1 of a member. */
  createType: 0 | 1;
  /** Null for a moment made through the API. */
  creatorId: string | null;
  /** 0 some see it, 1 everybody. */
  visibleType: 0 | 1;
  text: string;
  attachments: Record<string, unknown>[];
  tasks: MomentTask[];
  invalid: { users: string[]; departments: number[]; tags: string[] };
};

/** What the platform keeps of moments. */
export type MomentSlice = { moments: Moment[] };
