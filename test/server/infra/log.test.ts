import { expect, it } from 'vitest';
import { runTypescript } from '../../support/run-typescript.ts';

/** The lines that these statements write; `log` is a log at level info, `error` one as a library throws it. */
async function written(statements: string): Promise<Record<string, unknown>[]> {
  const { stdout } = await runTypescript(`
    import { AxiosError } from 'axios';
    import { createLog } from './server/infra/log.ts';
    const log = createLog('info');
    const request = { url: 'https://qyapi.weixin.qq.com/x?access_token=T0KEN', data: '{"mobile":"13800000000"}' };
    const error = new AxiosError('failed for PRIVATE', 'ERR', request, request, { data: 'PRIVATE', status: 500 });
    ${statements}`);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

const SECRETS = [
  'secret',
  'token',
  'access_token',
  'authorization',
  'cookie',
  'aesKey',
  'code',
  'ticket',
  'signature',
];
const PERSONAL = ['name', 'remark', 'description', 'mobile', 'email', 'comment', 'notes', 'text', 'avatar'];
const HIDDEN = [...SECRETS, ...PERSONAL];

it('writes one line of JSON per event: level, time and fields, the sentence last', async () => {
  const [line] = await written(`log.info({ staffId: 'lisi', tries: 2 }, 'event not worked through');`);
  const { time, ...rest } = line ?? {};
  expect(rest).toEqual({ level: 'info', staffId: 'lisi', tries: 2, msg: 'event not worked through' });
  expect(time).toMatch(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);
});

it('writes nothing below its level', async () => {
  expect(await written(`log.debug({}, 'x'); log.trace({}, 'x'); log.warn({}, 'y');`)).toMatchObject([
    { level: 'warn' },
  ]);
});

it('never writes secrets or what belongs to a person, nor one level deep', async () => {
  const fields = JSON.stringify(Object.fromEntries(HIDDEN.map((name) => [name, `PRIVATE ${name}`])));
  const lines = await written(
    `log.info(${fields}, 'flat'); log.info({ contact: ${fields}, id: 'wm1' }, 'deep');`,
  );
  expect(JSON.stringify(lines)).not.toContain('PRIVATE');
  for (const name of HIDDEN) expect(lines[0]).toHaveProperty([name], '[redacted]');
  for (const name of HIDDEN) expect(lines[1]).toHaveProperty(['contact', name], '[redacted]');
  expect(lines[1]).toMatchObject({ contact: expect.any(Object), id: 'wm1' });
});

it('tells of an error its kind, place, causes and our own words, without what a library says or hung onto it', async () => {
  const [line] = await written(`
    const cause = new RangeError('first', { cause: error });
    log.error({ error: new Error('second', { cause }), job: 'ask-nps' }, 'job failed');`);
  expect(line).toMatchObject({
    job: 'ask-nps',
    error: {
      type: 'Error',
      message: 'second',
      cause: {
        type: 'RangeError',
        message: 'first',
        cause: { type: 'AxiosError', code: 'ERR', status: 500 },
      },
    },
  });
  expect(JSON.stringify(line)).toContain('    at ');
  expect(JSON.stringify(line)).not.toMatch(/T0KEN|PRIVATE|13800000000|config|request|response/);
});

it('tells as little of an error that is logged by itself, or under pino’s own name', async () => {
  const lines = await written(`log.error(error); log.error(error, 'x'); log.error({ err: error }, 'y');`);
  expect(lines).toHaveLength(3);
  expect(JSON.stringify(lines)).not.toMatch(/T0KEN|PRIVATE|13800000000/);
});

it('tells of WeCom’s refusals which API and code', async () => {
  const [line] = await written(`
    const { WecomError } = await import('./server/wecom/client/error.ts');
    log.error({ error: new WecomError(60020, 'not allow to access from your ip', '/cgi-bin/user/get') }, 'x');`);
  expect(line).toMatchObject({
    error: { type: 'WecomError', message: expect.stringContaining('/cgi-bin/user/get answered 60020') },
  });
});

it('cuts long messages, and takes what is no error for what it is', async () => {
  const [long, text, none] = await written(`
    log.error({ error: new Error('x'.repeat(100_000)) }, 'a');
    log.error({ error: 'PRIVATE' }, 'b');
    log.error({ error: undefined }, 'c');`);
  expect(JSON.stringify(long).length).toBeLessThan(3000);
  expect(text).toMatchObject({ error: { type: 'string' } });
  expect(JSON.stringify([text, none])).not.toContain('PRIVATE');
});
