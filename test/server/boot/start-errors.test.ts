import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { examineSettings } from '../../../server/boot/config.ts';
import { dataDirOf } from '../../../server/boot/data-dir.ts';
import { openContext } from '../../../server/boot/open-context.ts';
import { openDatabase } from '../../../server/boot/open-database.ts';
import { openPlatform } from '../../../server/boot/open-platform.ts';
import { StartError, unwritableOr } from '../../../server/boot/start-error.ts';
import { aFreePort } from '../../support/open-redis.ts';

const CORP = {
  WECOM_CORP_ID: 'ww1234567890abcdef',
  WECOM_AGENT_ID: '1000002',
  WECOM_AGENT_SECRET: 's',
  WECOM_CALLBACK_TOKEN: 'token',
  WECOM_CALLBACK_AES_KEY: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  PUBLIC_URL: 'https://crm.example.com',
};

/** A folder of its own, gone at the end of the test. */
function aFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'genjin-start-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** What the process would say instead of starting with these settings. */
async function refusal(settings: Record<string, string>): Promise<string> {
  const { config } = examineSettings(settings);
  const publicUrl = 'http://localhost:3000';
  const start = async () => {
    const { platform, sandbox } = await openPlatform(config, { publicUrl, mode: 'own' });
    onTestFinished(async () => sandbox?.close());
    const opened = await openContext(config, { platform, publicUrl, database: 'own' });
    await opened.close();
  };
  const error: unknown = await start().then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof StartError) return error.message;
  throw error ?? new Error('it started');
}

describe('one line with the cure instead of a start', () => {
  it.each([
    ['the sandbox', {}],
    ['a corp', CORP],
  ])('where %s cannot write to DATA_DIR, which lies below a file', async (_, settings) => {
    const file = join(aFolder(), 'a-file');
    writeFileSync(file, '');
    const said = await refusal({ ...settings, DATA_DIR: join(file, 'data') });
    expect(said).toMatch(/^DATA_DIR: .*a-file.data cannot be written to \(ENOTDIR\)\. Make it a folder .*$/);
  });

  it('where MongoDB is away, without the password', async () => {
    const port = await aFreePort();
    const uri = `mongodb://genjin:geheim@127.0.0.1:${port}/crm`;
    const said = await refusal({ ...CORP, DATA_DIR: aFolder(), MONGODB_URI: uri });
    expect(said).toMatch(
      new RegExp(`^MONGODB_URI: 127.0.0.1:${port} does not answer \\(ECONNREFUSED\\)\\. Start MongoDB.*$`),
    );
  });

  it('where Redis is away, without the password', async () => {
    const port = await aFreePort();
    const url = `redis://:geheim@127.0.0.1:${port}`;
    const said = await refusal({ ...CORP, DATA_DIR: aFolder(), REDIS_URL: url });
    expect(said).toMatch(
      new RegExp(`^REDIS_URL: 127.0.0.1:${port} does not answer \\(ECONNREFUSED\\)\\. Start Redis.*$`),
    );
  });

  it('where a newer version wrote the data', async () => {
    const settings = { ...CORP, DATA_DIR: aFolder() };
    const dir = dataDirOf(settings);
    const { connection, close } = await openDatabase({ dir, mode: 'own' });
    const note = { name: 'of-tomorrow', at: new Date(0) };
    await connection.collection<{ _id: number }>('migrations').insertOne({ _id: 999, ...note });
    await close();
    expect(await refusal(settings)).toMatch(/newer version of Genjin: it is at migration 999,.*backup/);
  });

  it.each([
    ['EROFS', 'without :ro'],
    ['EACCES', 'chown'],
    ['ENOSPC', 'Free some space'],
  ])('where the system says %s of the folder: %s', (code, cure) => {
    const error = Object.assign(new Error('mkdir'), { code });
    expect(unwritableOr('/data', error)).toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(`^DATA_DIR: /data cannot be written to \\(${code}\\).*${cure}`),
    });
  });

  it('and no word of the folder where something else is wrong', () => {
    const error = new Error('x');
    expect(unwritableOr('/data', error)).toBe(error);
  });
});
