import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { WecomWatch } from '../wecom/client/watch.ts';

export type Metrics = ReturnType<typeof createMetrics>;

/** What this process counts, in Prometheus' terms. Durations in seconds. */
export function createMetrics() {
  const registers = [new Registry()];
  const registry = registers[0] ?? new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    http: new Histogram({
      name: 'genjin_http_request_seconds',
      help: 'Requests answered, by route and status',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
    ...wecomMetrics(registers),
    ...callbackMetrics(registers),
    jobs: new Gauge({
      name: 'genjin_job_last_success_timestamp_seconds',
      help: 'When each job last ended well',
      labelNames: ['job'],
      registers,
    }),
  };
}

/** From the inbox to the end of the work. */
const callbackMetrics = (registers: Registry[]) => ({
  events: new Gauge({
    name: 'genjin_callback_events',
    help: 'Kept callback events, by state',
    labelNames: ['state'],
    registers,
  }),
  oldestEvent: new Gauge({
    name: 'genjin_callback_oldest_waiting_seconds',
    help: 'How long ago the oldest event that still waits came; 0 when none does',
    registers,
  }),
  eventsHandled: new Counter({
    name: 'genjin_callback_handled_total',
    help: 'Tries at callback events, by kind and outcome (done, later, failed)',
    labelNames: ['kind', 'outcome'],
    registers,
  }),
  eventSeconds: new Histogram({
    name: 'genjin_callback_done_seconds',
    help: 'From receiving a callback event to having worked through it',
    labelNames: ['kind'],
    buckets: [0.05, 0.2, 1, 5, 30, 120, 600, 3600, 86_400],
    registers,
  }),
  welcomeSeconds: new Histogram({
    name: 'genjin_welcome_seconds',
    help: 'From receiving a callback event to the end of its welcome, by outcome (sent, settled, late, failed)',
    labelNames: ['outcome'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20],
    registers,
  }),
});

/** Calls that were not sent because an API is shut have the outcome `shut`, and no duration. */
function wecomMetrics(registers: Registry[]) {
  const wecom = new Counter({
    name: 'genjin_wecom_calls_total',
    help: 'Calls of the WeCom API, by path and errcode (or "unreachable", or "shut": not sent)',
    labelNames: ['path', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'genjin_wecom_call_seconds',
    help: 'How long WeCom took to answer, by path',
    labelNames: ['path'],
    buckets: [0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  const sharedFailures = new Counter({
    name: 'genjin_shared_store_failures_total',
    help: 'How often Redis did not answer a call of the WeCom client',
    registers,
  });
  return { wecom, sharedFailures, watch: { called: countCall(wecom, seconds), shut: countShut(registers) } };
}

const countCall =
  (wecom: Counter<'path' | 'outcome'>, histogram: Histogram<'path'>): WecomWatch['called'] =>
  ({ path, outcome, seconds }) => {
    wecom.inc({ path, outcome });
    if (outcome !== 'shut') histogram.observe({ path }, seconds);
  };

/** Looked at when somebody asks, because an API opens by itself. */
function countShut(registers: Registry[]): WecomWatch['shut'] {
  const shutUntil = new Map<string, Date>();
  const gauge = new Gauge({
    name: 'genjin_wecom_shut',
    help: 'APIs that WeCom shut because they were called too often: 1',
    labelNames: ['path'],
    registers,
    collect() {
      for (const [path, until] of shutUntil) gauge.set({ path }, until > new Date() ? 1 : 0);
    },
  });
  return (path, until) => void shutUntil.set(path, until ?? new Date(0));
}
