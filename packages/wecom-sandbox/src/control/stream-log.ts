import { PassThrough } from 'node:stream';
import type { Context } from 'koa';
import type { LogEntry, PlatformLog } from '../log.ts';

/** How often an idle stream shows that it lives, ms. */
const HEARTBEAT_MS = 15_000;

/** The live log as server-sent events; a client that comes back says what it has seen by Last-Event-ID. */
export function streamLog(log: PlatformLog, ctx: Context): void {
  const stream = new PassThrough();
  const write = (entry: LogEntry) => stream.write(`id: ${entry.seq}\ndata: ${JSON.stringify(entry)}\n\n`);
  const seen = Number(ctx.get('last-event-id') || ctx.query['after'] || 0);
  stream.write(': log\n\n');
  for (const entry of log.after(seen)) write(entry);
  const heartbeat = setInterval(() => stream.write(': \n\n'), HEARTBEAT_MS);
  heartbeat.unref();
  const stop = log.follow(write, () => stream.end());
  const end = () => {
    stop();
    clearInterval(heartbeat);
    stream.end();
  };
  ctx.res.once('close', end);
  ctx.type = 'text/event-stream';
  // Compression would hold the events back.
  ctx.set('Cache-Control', 'no-store, no-transform');
  ctx.set('X-Accel-Buffering', 'no');
  ctx.body = stream;
}
