import { fractionOf } from './ids.ts';

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
  /** Answers 200 with errcode 0 and JSON of another shape: lists as texts, objects as null, and `data` around nothing. */
  isMisshapen?: boolean | undefined;
  /** Answers 200 with JSON that is not WeCom's, without errcode, as some proxies do when they fail. */
  isForeign?: boolean | undefined;
  /** Sends the body in drops over so many ms. */
  bodyMs?: number | undefined;
  /** Puts so many MB of `padding` into the body. */
  hugeMb?: number | undefined;
  /** Does the work first, and only then goes wrong: the caller cannot know that it happened. */
  isAfterwards?: boolean | undefined;
};

/** What goes wrong with the delivery of a callback. */
export type CallbackFault = {
  /**
   * `drop` it never leaves; `duplicate` it is delivered once more, sealed anew, after it was accepted; `reorder` the next
   * one of its queue overtakes it; `delay` it leaves later. The last two wait `waitMs` for that.
   */
  kind: 'drop' | 'duplicate' | 'reorder' | 'delay';
  waitMs?: number | undefined;
};

/** Which of the calls that fit go wrong; all of them where nothing is said. */
export type FaultPlan = {
  /** So many faults, and no more. */
  times?: number | undefined;
  /** Every so-manyth call. */
  everyNth?: number | undefined;
  /** About so many calls of a hundred; which ones hangs on the corp's seed and the count only. */
  share?: number | undefined;
  /** Ends so long from now, by the platform's clock. */
  forSeconds?: number | undefined;
};

/** A plan that runs, with what it has seen and done. */
type Running<What> = {
  id: number;
  pattern: string;
  fits: RegExp;
  what: What;
  plan: FaultPlan;
  seen: number;
  done: number;
  until: number;
};

export type Faults = ReturnType<typeof createFaults>;

/** Faults that tests and visitors order for coming calls and callbacks; in memory only. */
export function createFaults({ now, seed }: { now: () => Date; seed: number }) {
  const calls = createPlans<Fault>({ now, seed });
  const callbacks = createPlans<CallbackFault>({ now, seed });
  return {
    /**
     * The next `times` calls of `path` go wrong like this. A path is whole or the end of one (`message/send`), and `*` stands
     * for anything (`*`, `externalcontact/*`).
     */
    next: (path: string, fault: Fault, times = 1): void => calls.add(path, fault, { times }),
    /** Calls of `path` go wrong like this whenever the plan says so, until `clear`. */
    plan: (path: string, fault: Fault, plan: FaultPlan = {}): void => calls.add(path, fault, plan),
    /** Deliveries go wrong; an `event` is Event/ChangeType or the end of it, `*` as above (`change_external_chat/*`). */
    planCallbacks: (event: string, fault: CallbackFault, plan: FaultPlan = {}): void =>
      callbacks.add(event, fault, plan),
    clear: (): void => {
      calls.clear();
      callbacks.clear();
    },
    /** What is ordered, and how often it has happened. */
    list: () => [...calls.list(), ...callbacks.list()],
    /** The fault of this call, used up by asking; null when it goes well. */
    take: (path: string): Fault | null => calls.take(path),
    takeCallback: (event: string): CallbackFault | null => callbacks.take(event),
  };
}

function createPlans<What extends object>({ now, seed }: { now: () => Date; seed: number }) {
  let running: Running<What>[] = [];
  let count = 0;
  return {
    add: (pattern: string, what: What, plan: FaultPlan): void => {
      count += 1;
      const until = plan.forSeconds === undefined ? Infinity : now().getTime() + plan.forSeconds * 1000;
      running.push({
        id: count,
        pattern,
        fits: patternOf(pattern),
        what,
        plan,
        seen: 0,
        done: 0,
        until,
      });
    },
    clear: (): void => {
      running = [];
    },
    list: () => running.map(({ pattern, what, plan, done }) => ({ pattern, ...what, ...plan, done })),
    take: (name: string): What | null => {
      running = running.filter((one) => one.until > now().getTime());
      // Every plan counts the call, the first that is due has its way.
      const [one] = running.filter((candidate) => candidate.fits.test(name) && isDue(candidate, seed));
      if (!one) return null;
      one.done += 1;
      if (one.done >= (one.plan.times ?? Infinity)) running = running.filter((other) => other !== one);
      return one.what;
    },
  };
}

/** Counts the call and says whether it is one of those that go wrong. */
function isDue(one: Running<object>, seed: number): boolean {
  one.seen += 1;
  const { everyNth = 1, share = 100 } = one.plan;
  return one.seen % everyNth === 0 && fractionOf(`${seed}:${one.id}:${one.seen}`) * 100 < share;
}

/** Whole, or from a slash to the end; `*` is anything. */
function patternOf(pattern: string): RegExp {
  const parts = pattern.replace(/^\//, '').split('*');
  const escaped = parts.map((part) => part.replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`));
  return new RegExp(`(^|/)${escaped.join('.*')}$`);
}
