import { ApiError } from '../api-error.ts';
import { unixNow } from '../platform.ts';
import type { Platform } from '../platform.ts';
import type { CallLimits } from '../rules.ts';
import { DAY_SECONDS, dayStart } from './day-span.ts';

type Span = 'minute' | 'hour' | 'day' | 'month';

/** At most so many hits of one key within a span; null: as many as one likes. `isAskedOnly`: may be shut, but is not hit. */
type Cap = { key: string; span: Span; most: number | null | undefined; isAskedOnly?: boolean };

/** Hits of one cap until `endsAt`, and until when it is shut; unix seconds. */
type Window = { endsAt: number; hits: number; shutUntil: number };

/** Ends of the spans, which are those of the penalties as well. Source: wecom.md §4.1. */
const ENDS: Readonly<Record<Span, (now: number) => number>> = {
  minute: (now) => now + 60,
  hour: (now) => now + 3600,
  day: (now) => dayStart(now) + DAY_SECONDS,
  month: (now) => now + 30 * DAY_SECONDS,
};

/** APIs that hand out tickets. */
const TICKETS = new Set(['/cgi-bin/get_jsapi_ticket', '/cgi-bin/ticket/get']);
const TOKEN = '/cgi-bin/gettoken';

export type CallCounter = ReturnType<typeof createCallCounter>;

/** Counts calls in memory. */
export function createCallCounter(platform: Platform) {
  const hit = createMeter(platform);
  return {
    /** @throws {ApiError} 45009 when there were too many; calls while shut neither count nor prolong the penalty. */
    call: (path: string, ip: string): void => hit(capsOf(platform, path, ip)),
    /** A refused gettoken. @throws {ApiError} 45009 */
    failedToken: (): void => hit([failureCap(platform)]),
  };
}

function createMeter(platform: Platform): (caps: Cap[]) => void {
  const windows = new Map<string, Window>();
  const windowOf = ({ key, span }: Cap, now: number): Window => {
    const name = `${span} ${key}`;
    const known = windows.get(name);
    if (known && now < known.endsAt) return known;
    const fresh = { endsAt: ENDS[span](now), hits: 0, shutUntil: 0 };
    windows.set(name, fresh);
    return fresh;
  };
  return (caps) => {
    const now = unixNow(platform);
    const open = caps.map((cap) => ({ ...cap, window: windowOf(cap, now) }));
    if (open.some(({ window }) => window.shutUntil > now)) throw new ApiError(45009);
    for (const { span, most, window, isAskedOnly } of open) {
      if (isAskedOnly) continue;
      window.hits += 1;
      if (window.hits <= (most ?? Infinity)) continue;
      window.shutUntil = ENDS[span](now);
      window.endsAt = window.shutUntil;
    }
    if (open.some(({ window }) => window.shutUntil > now)) throw new ApiError(45009);
  };
}

function capsOf({ rules }: Platform, path: string, ip: string): Cap[] {
  const own = Object.entries(rules.callLimits).filter(([end]) => path.endsWith(`/${end.replace(/^\//, '')}`));
  const spans: Record<Span, keyof CallLimits> = {
    minute: 'perMinute',
    hour: 'perHour',
    day: 'perDay',
    month: 'perMonth',
  };
  const all: Cap[] = [
    { key: path, span: 'minute', most: rules.callsPerMinute },
    { key: path, span: 'hour', most: rules.callsPerHour },
    { key: path, span: 'day', most: rules.callsPerDay },
    { key: path, span: 'month', most: rules.callsPerMonth },
    { key: `${ip} ${path}`, span: 'minute', most: rules.ipCallsPerMinute },
    { key: `${ip} ${path}`, span: 'hour', most: rules.ipCallsPerHour },
    ...own.flatMap(([end, limits]) =>
      (['minute', 'hour', 'day', 'month'] as const).map((span) => ({
        key: `limit of ${end}`,
        span,
        most: limits[spans[span]],
      })),
    ),
  ];
  return [...all, ...specialCaps({ rules }, path)];
}

/** Tickets have limits of the app and of the corp; gettoken is shut after too many refusals. */
function specialCaps({ rules }: Pick<Platform, 'rules'>, path: string): Cap[] {
  if (path === TOKEN) return [{ ...failureCap({ rules }), isAskedOnly: true }];
  if (!TICKETS.has(path)) return [];
  return [
    { key: `app ${path}`, span: 'hour', most: rules.ticketCallsPerHour },
    { key: 'corp tickets', span: 'hour', most: rules.ticketCallsPerCorpHour },
  ];
}

function failureCap({ rules }: Pick<Platform, 'rules'>): Cap {
  return { key: `refused ${TOKEN}`, span: 'hour', most: rules.tokenFailuresPerHour };
}
