import { isSandbox } from './config-mode.ts';
import { createDoctor } from './create-doctor.ts';
import { dataDirOf } from './data-dir.ts';
import type { DoctorBook, DoctorParts } from '../context.ts';
import { openDatabase } from './open-database.ts';
import { openPlatform, realPlatform } from './open-platform.ts';
import type { CheckedEnvironment } from './read-environment.ts';
import { createStores } from '../store/db/create-stores.ts';
import { createDatabaseProbe } from '../store/db/database-probe.ts';
import { openRedisShared } from '../store/db/shared.ts';

/** What a doctor without a server looks at, and how to put everything away. */
export type OpenedDoctor = { parts: DoctorParts; close: () => Promise<void> };

/** Gets ready to examine settings, right or wrong; nothing that could fail is opened before its check asks for it. */
export async function openDoctor(
  { config, problems }: CheckedEnvironment,
  now: () => Date = () => new Date(),
): Promise<OpenedDoctor> {
  const closers: (() => Promise<void>)[] = [];
  const localUrl = config.PUBLIC_URL ?? `http://localhost:${config.PORT}`;
  const hasNoCorp = problems.some((line) => line.includes('WECOM_CORP_ID'));
  const mode = 'join-or-own';
  const { platform, sandbox } =
    isSandbox(config) && !hasNoCorp
      ? await openPlatform(config, { publicUrl: localUrl, mode })
      : { platform: realPlatform(config), sandbox: null };
  if (sandbox) closers.push(sandbox.close);
  const publicUrl = sandbox?.site.publicUrl ?? localUrl;

  const book = async (): Promise<DoctorBook> => {
    const { connection, close } = await openDatabase({
      uri: config.MONGODB_URI,
      dir: dataDirOf(config),
      mode,
    });
    closers.unshift(close);
    return { database: createDatabaseProbe(connection), ...createStores(connection) };
  };
  const site = { config, problems, platform, publicUrl, now };
  const doctor = createDoctor(site, { book: once(book), pingRedis: () => pingOnce(config.REDIS_URL ?? '') });
  const close = async () => {
    for (const closer of closers.splice(0)) await closer();
  };
  return { parts: doctor(), close };
}

/** Runs `work` when it is first asked for, and gives everybody its result, also a failure. */
function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<Result> | null = null;
  return () => (running ??= work());
}

async function pingOnce(url: string): Promise<void> {
  const shared = await openRedisShared(url);
  await shared.ping().finally(shared.close);
}
