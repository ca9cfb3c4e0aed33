/** A button of a card. `style` 1–4; `url` null for a button that calls back. */
export type CardButton = { text: string; key: string; style: number; url: string | null };

/** A question of a card: a drop-down, or the boxes of a vote. */
export type CardQuestion = {
  key: string;
  title: string;
  isMulti: boolean;
  options: { id: string; text: string }[];
};

/** What a member can do with a card besides opening it. */
export type CardControls = {
  cardType: string;
  taskId: string;
  buttons: CardButton[];
  questions: CardQuestion[];
  /** Entries of the menu in the corner. */
  menu: { text: string; key: string }[];
  /** The word on the grey button once the card is answered; null while it can be pressed. */
  replacedBy: string | null;
};

/** The right to change a card once. Times in ms. */
export type ResponseCode = { code: string; msgid: string; expiresAt: number; isUsed: boolean };

/** A group chat that the app made. */
export type AppChat = {
  chatId: string;
  name: string;
  ownerId: string;
  userids: string[];
  messages: { at: string; text: string }[];
};

/** What the platform keeps of app messages besides the messages. */
export type CardSlice = {
  responseCodes: ResponseCode[];
  /** Every task_id that was ever sent. */
  cardTasks: string[];
  appChats: AppChat[];
};
