import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

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
    wecom: new Counter({
      name: 'genjin_wecom_calls_total',
      help: 'Calls of the WeCom API, by path and errcode (or "unreachable")',
      labelNames: ['path', 'outcome'],
      registers,
    }),
    events: new Gauge({
      name: 'genjin_callback_events',
      help: 'Kept callback events, by state',
      labelNames: ['state'],
      registers,
    }),
    jobs: new Gauge({
      name: 'genjin_job_last_success_timestamp_seconds',
      help: 'When each job last ended well',
      labelNames: ['job'],
      registers,
    }),
  };
}
