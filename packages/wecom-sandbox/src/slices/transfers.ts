/** One customer on the way from one member to another. Times in unix seconds. */
export type Transfer = {
  kind: 'on_job' | 'resigned';
  handoverId: string;
  takeoverId: string;
  externalUserId: string;
  startedAt: number;
  /** 1 done, 2 waiting, 3 refused by the customer, 4 the taker is full. */
  status: 1 | 2 | 3 | 4;
  /** When it takes effect; in the future while waiting, 0 when it never will. */
  takeoverAt: number;
  /** What the taker says when it is done; '' for the platform's own words. */
  message: string;
};

/** What the platform keeps of transfers 在职继承 and 离职继承. */
export type TransferSlice = {
  transfers: Transfer[];
  /** When a member who left was first seen as such, by userid. */
  departures: Record<string, number>;
};
