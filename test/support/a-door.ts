import { onTestFinished } from 'vitest';
import { createApp } from '../../server/app.ts';
import { createEventWork } from '../../server/callback/event-work.ts';
import type { Context } from '../../server/context.ts';
import type { Patience } from '../../server/http/deadline.ts';
import { listen } from '../../server/boot/listen.ts';
import { PAGES_DIR } from '../../server/boot/open-platform.ts';
import type { CallbackKeys } from '../../server/wecom/client/crypto.ts';
import { corpKeys } from './a-callback.ts';

/** What was logged. */
export type Line = { level: string; fields: Record<string, unknown>; message: string };

/** Another door to the same rooms whose log is kept in `lines`; closed at the end of the test. */
export async function aDoor(
  context: Context,
  { keys = corpKeys(), patience = {} }: { keys?: CallbackKeys; patience?: Partial<Patience> } = {},
) {
  const lines: Line[] = [];
  const logged = { ...context, log: aRecorder(context.log, lines) };
  const queue = createEventWork(logged);
  const door = await listen('127.0.0.1', 0);
  door.handle(createApp({ context: logged, keys, queue, pagesDir: PAGES_DIR, patience }).callback());
  onTestFinished(async () => {
    await door.close();
    await queue.idle();
  });
  return { origin: `http://127.0.0.1:${door.port}`, lines, queue, context: logged };
}

/** A log that also keeps its lines. */
function aRecorder(log: Context['log'], lines: Line[]): Context['log'] {
  const levels = ['debug', 'info', 'warn', 'error'] as const;
  const recorded = levels.map((level) => [
    level,
    (fields: Record<string, unknown>, message: string) => void lines.push({ level, fields, message }),
  ]);
  return Object.assign(Object.create(log) as Context['log'], Object.fromEntries(recorded));
}
