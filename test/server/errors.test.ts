import { readdirSync, readFileSync } from 'node:fs';
import axios from 'axios';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError, factsOf, reasonOf } from '../../server/errors.ts';
import { WecomError } from '../../server/wecom/client/error.ts';
import { aShelf } from '../support/a-shelf.ts';

const failure = (work: () => unknown): Promise<unknown> =>
  (async () => work())().then(
    () => expect.unreachable('nothing failed'),
    (error: unknown) => error,
  );
const told = (error: unknown) => `${JSON.stringify(factsOf(error))} ${reasonOf(error)}`;

it('tells of a key that the database has already which index it was, and not whose it is', async () => {
  const { connection } = await aShelf();
  const people = connection.collection('people');
  await people.createIndex({ mobile: 1 }, { unique: true });
  await people.insertOne({ mobile: '13800000000' });
  for (const work of [
    () => people.insertOne({ mobile: '13800000000' }),
    () => people.bulkWrite([{ insertOne: { document: { mobile: '13800000000' } } }], { ordered: false }),
  ]) {
    const error = await failure(work);
    expect(error).toMatchObject({ message: expect.stringContaining('13800000000') });
    expect(told(error)).not.toContain('13800000000');
    expect(factsOf(error)).toMatchObject({ type: expect.stringMatching(/^Mongo/), code: 11000 });
  }
});

it('tells of a search that the database refuses no word of it', async () => {
  const { connection } = await aShelf();
  const error = await failure(() =>
    connection
      .collection('people')
      .find({ name: { $regex: '张三(' } })
      .toArray(),
  );
  expect(told(error)).not.toContain('张三');
  expect(factsOf(error)).toMatchObject({ type: 'MongoServerError', code: 51091 });
});

it('tells of a request that failed its code, and neither address nor body', async () => {
  const request = { params: { access_token: 'T0KEN' }, timeout: 2000 };
  const error = await failure(() => axios.post('http://127.0.0.1:9/x', { mobile: '13800000000' }, request));
  expect(factsOf(error)).toMatchObject({ type: 'AxiosError', code: 'ECONNREFUSED' });
  expect(told(error)).not.toMatch(/T0KEN|13800000000/);
});

describe('says nothing of the data that a foreign error quotes', () => {
  it.each<[string, () => unknown]>([
    ['broken JSON', () => JSON.parse('{"name": 张三}')],
    ['an address that is none', () => new URL('https://张三:x y')],
    ['a pattern that is none', () => new RegExp(['张三', '('].join(''))],
    ['a shape', () => z.object({ n: z.literal('x') }).parse({ n: '张三' })],
    ['a record whose key is data', () => z.record(z.string(), z.number()).parse({ 张三: 'x' })],
    ['a text that is no URI', () => decodeURIComponent('%张三')],
  ])('%s', async (_, work) => {
    const error = await failure(work);
    expect(told(error)).not.toContain('张三');
    expect(factsOf(error).type).toMatch(/Error$/);
  });
});

it('tells which field of an answer had another shape', async () => {
  const error = await failure(() =>
    z.object({ accounts: z.array(z.number()) }).parse({ accounts: ['张三'] }),
  );
  expect(factsOf(error)).toMatchObject({ issues: ['accounts.0 invalid_type'] });
});

it('takes no line of a message for a place in the code', () => {
  const error = new Error('first\n    at 张三 (mobile:1:1)');
  expect(factsOf(error).stack).not.toContain('张三');
});

it('keeps our own words, and those of the causes that are ours', async () => {
  const cause = await failure(() => JSON.parse('张三'));
  const error = new AppError(502, 'wecom_refused', { message: '企业微信拒绝了', cause });
  expect(factsOf(error)).toMatchObject({ message: '企业微信拒绝了', cause: { type: 'SyntaxError' } });
  expect(told(error)).not.toContain('张三');
  const refused = new WecomError(60020, 'not allow to access from your ip', '/cgi-bin/user/get');
  expect(reasonOf(refused)).toBe(
    'WecomError: /cgi-bin/user/get answered 60020: not allow to access from your ip',
  );
  expect(reasonOf('张三')).toBe('string');
});

it('knows every error of our own by its name', async () => {
  const { OUR_ERRORS } = await import('../../server/errors.ts');
  const files = readdirSync('server', { recursive: true, encoding: 'utf8' });
  const ours = files.filter((file) => file.endsWith('.ts'));
  const texts = ours.map((file) => readFileSync(`server/${file}`, 'utf8'));
  const named = texts.flatMap((text) =>
    [...text.matchAll(/class (\w+) extends \w*Error\b/g)].map(([, name]) => name),
  );
  expect(named.toSorted()).toEqual([...OUR_ERRORS].toSorted());
});
