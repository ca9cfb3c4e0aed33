/** What goes wrong with a call. Several may be combined, e.g. latency and a status. */
export type Fault = {
  /** Answers this errcode instead of a result. */
  errcode?: number | undefined;
  /** Answers this HTTP status with an HTML page, as a gateway would. */
  status?: number | undefined;
  /** Waits so long before anything else, ms. */
  latencyMs?: number | undefined;
  /** Cuts the connection without an answer. */
  isCut?: boolean | undefined;
  /** Answers 200 with a body that is no JSON. */
  isGarbage?: boolean | undefined;
  /** Does the work first, and only then goes wrong: the caller cannot know that it happened. */
  isAfterwards?: boolean | undefined;
};

type Planned = { path: string; left: number; fault: Fault };

export type Faults = ReturnType<typeof createFaults>;

/** Faults that tests and visitors order for coming calls; in memory only. */
export function createFaults() {
  let planned: Planned[] = [];
  const fits = (plan: Planned, path: string) =>
    plan.path === '*' || path.endsWith(`/${plan.path.replace(/^\//, '')}`);
  return {
    /** The next `times` calls of `path` (whole, or its end such as `message/send`, or `*`) go wrong like this. */
    next: (path: string, fault: Fault, times = 1): void => {
      planned.push({ path, left: times, fault });
    },
    clear: (): void => {
      planned = [];
    },
    /** The fault of this call, used up by asking; null when it goes well. */
    take: (path: string): Fault | null => {
      const plan = planned.find((candidate) => fits(candidate, path));
      if (!plan) return null;
      plan.left -= 1;
      if (plan.left <= 0) planned = planned.filter((other) => other !== plan);
      return plan.fault;
    },
  };
}
