/** One request that left, or one that was not even sent: `shut`. `outcome`: an errcode, `unreachable` or `shut`. */
export type CallReport = { path: string; outcome: string; seconds: number };

/** Who wants to know what the client does; metrics.ts does. */
export type WecomWatch = {
  called: (call: CallReport) => void;
  /** An API is shut until then; null: it is open again. */
  shut: (path: string, until: Date | null) => void;
  /** Rows of an answer had another shape and were set aside; which fields, never what they hold. */
  strayed?: (path: string, faults: readonly string[]) => void;
};

/** Nobody looks. */
export const UNWATCHED: WecomWatch = { called: () => undefined, shut: () => undefined };
