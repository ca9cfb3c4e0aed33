/** One person of a customer group. `type`: 1 member of the corp, 2 outside person. Times in unix seconds. */
export type GroupMember = {
  /** A userid or an external_userid. */
  id: string;
  type: 1 | 2;
  joinedAt: number;
  /** 1 invited directly, 2 by an invitation link, 3 by a QR code. */
  joinScene: 1 | 2 | 3;
  invitorId: string | null;
  nickname: string;
  /** The join way's state; '' when he came otherwise. */
  state: string;
};

/** A customer group 客户群. Dismissed ones are kept, as they are refused by an errcode of their own. */
export type SandboxGroup = {
  chatId: string;
  /** What a mini program knows the group by. */
  openGid: string;
  name: string;
  ownerId: string;
  createdAt: number;
  notice: string;
  members: GroupMember[];
  adminIds: string[];
  /** 32 hex digits that change with every change of the members. */
  version: string;
  /** 0 as usual, 2 being inherited from an owner who left, 3 inherited. That an owner left is seen at the owner. */
  inheritance: 0 | 2 | 3;
  dismissedAt: number | null;
};

/** A QR code or button by which customers join a group 加入群聊. */
export type JoinWay = {
  configId: string;
  createdAt: number;
  scene: 1 | 2;
  remark: string;
  autoCreateRoom: 0 | 1;
  roomBaseName: string;
  roomBaseId: number;
  chatIds: string[];
  state: string;
  markSource: boolean;
};

/** Material that group owners may choose as welcome 入群欢迎语素材; `content` as it was sent, one attachment at most. */
export type WelcomeTemplate = {
  templateId: string;
  madeBy: 'app' | 'console';
  content: Record<string, unknown>;
};

/** What the platform keeps of customer groups. */
export type GroupSlice = {
  groups: SandboxGroup[];
  joinWays: JoinWay[];
  welcomeTemplates: WelcomeTemplate[];
};
