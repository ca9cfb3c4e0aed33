import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sealMessage, signatureOf } from '../../../server/wecom/client/crypto.ts';
import { aDoor } from '../../support/a-door.ts';
import { aCallback, contactXml, corpKeys, deliver, post } from '../../support/a-callback.ts';
import { aWorld } from '../../support/a-world.ts';
import { openWorld, type World } from '../../support/open-world.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';

const AT = '2026-03-11T10:00:00+08:00';
const ADDED = contactXml('add_external_contact', { at: AT, UserID: 'anna', ExternalUserID: 'wm1' });
const corp = () => aTeamCorp([['anna', 'wm1', '启明精密']]);
const kept = ({ context }: Pick<World, 'context'>) => context.inbox.list(null, 100);

/** The sample values of WeCom's manual. Source: wecom.md §1.7. */
const OFFICIAL = {
  keys: {
    token: 'QDG6eK',
    aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
    receiveId: 'wx5823bf96d3bd56c7',
  },
  echo: {
    msg_signature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
    timestamp: '1409659589',
    nonce: '263014780',
    echostr: 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==',
  },
  message: {
    msg_signature: '477715d11cdb4164915debcba66cb864d751f3e6',
    timestamp: '1409659813',
    nonce: '1372623149',
  },
  encrypted:
    'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==',
};

it('answers the verification with the plain text and nothing else', async () => {
  const world = await aWorld();
  expect(await world.platform.verifyCallbackUrl()).toMatchObject({ isFine: true });
  const { origin } = await aDoor(world.context, { keys: OFFICIAL.keys });
  const answer = await fetch(`${origin}/wecom/callback?${new URLSearchParams(OFFICIAL.echo)}`);
  expect([answer.status, await answer.text()]).toEqual([200, '1616140317555161061']);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
});

it("takes the manual's own message, whose kind we leave alone", async () => {
  const world = await aWorld();
  const { origin } = await aDoor(world.context, { keys: OFFICIAL.keys });
  const body = `<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName><Encrypt><![CDATA[${OFFICIAL.encrypted}]]></Encrypt><AgentID><![CDATA[218]]></AgentID></xml>`;
  expect((await post(origin, { query: OFFICIAL.message, body })).status).toBe(200);
  const [event, ...rest] = await kept(world);
  expect(rest).toEqual([]);
  expect(event).toMatchObject({ kind: 'message.text', state: 'ignored', fields: { content: 'hello' } });
  expect(event?.happenedAt).toEqual(new Date(1_409_659_813_000));
});

/** A world in which nothing is ever kept. */
let quiet: World;
beforeAll(async () => {
  quiet = await openWorld({ corp: aTeamCorp([]) });
});
afterAll(() => quiet.close());

const GOOD = aCallback(ADDED);
const wrongly = (change: Partial<ReturnType<typeof corpKeys>>) =>
  aCallback(ADDED, { encrypted: sealMessage({ ...corpKeys(), ...change }, ADDED) });
const inEnvelope = (body: string) => ({ query: GOOD.query, body });

it.each([
  ['a wrong signature', { ...GOOD, query: { ...GOOD.query, msg_signature: 'a'.repeat(40) } }, 403],
  ['no signature', { ...GOOD, query: { timestamp: '1', nonce: '2' } }, 400],
  ['no query at all', { ...GOOD, query: {} }, 400],
  ['an endless nonce', { ...GOOD, query: { ...GOOD.query, nonce: 'n'.repeat(300) } }, 400],
  ['another receiver', wrongly({ receiveId: 'ww00000000000000cd' }), 403],
  ['another key', wrongly({ aesKey: 'x'.repeat(43) }), 400],
  ['half a block', aCallback('', { encrypted: Buffer.alloc(40).toString('base64') }), 400],
  ['zeros instead of padding', aCallback('', { encrypted: Buffer.alloc(64).toString('base64') }), 400],
  ['no base64', aCallback('', { encrypted: '你好' }), 400],
  ['an empty body', inEnvelope(''), 400],
  ['no XML', inEnvelope('{"Encrypt":"abc"}'), 400],
  ['XML cut short', inEnvelope(GOOD.body.slice(0, 60)), 400],
  ['no Encrypt', inEnvelope('<xml><ToUserName>x</ToUserName></xml>'), 400],
  ['a DOCTYPE', inEnvelope(`<!DOCTYPE x [<!ENTITY e "${'lol'.repeat(9)}">]>${GOOD.body}`), 400],
  ['an element named like a builtin', inEnvelope('<xml><__proto__>x</__proto__></xml>'), 400],
  ['a deep nest', inEnvelope(`<xml>${'<a>'.repeat(9000)}${'</a>'.repeat(9000)}</xml>`), 400],
  [
    '6,000 elements',
    inEnvelope(`<xml>${Array.from({ length: 6000 }, (_, n) => `<a${n}/>`).join('')}</xml>`),
    400,
  ],
  ['the same element 6,000 times', inEnvelope(`<xml>${'<a>1</a>'.repeat(6000)}</xml>`), 400],
  ['64 KiB and a byte', inEnvelope(GOOD.body.padEnd(64 * 1024 + 1)), 413],
  ['ten megabytes', inEnvelope('x'.repeat(10 * 1024 * 1024)), 413],
])('turns away %s, keeps nothing, writes one line', async (_what, letter, status) => {
  const { origin, lines } = await aDoor(quiet.context);
  const answer = await post(origin, letter);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ error: { code: expect.stringMatching(/^[a-z_]+$/) } });
  expect(lines).toMatchObject([{ level: 'info', message: 'request', fields: { status } }]);
  expect(await kept(quiet)).toEqual([]);
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
});

const signed = (echostr: string) => {
  const { token } = corpKeys();
  return { timestamp: '1', nonce: '2', echostr, msg_signature: signatureOf(token, '1', '2', echostr) };
};

it('turns away a verification with a broken, unsigned or foreign echo', async () => {
  const world = await aWorld();
  const ask = (query: Record<string, string>) =>
    fetch(`${world.origin}/wecom/callback?${new URLSearchParams(query)}`).then(({ status }) => status);
  expect(await ask({})).toBe(400);
  expect(await ask({ ...OFFICIAL.echo, msg_signature: 'b'.repeat(40) })).toBe(403);
  expect(await ask(OFFICIAL.echo)).toBe(403);
  expect(await ask(signed('AAAA'))).toBe(400);
  expect(await ask(signed(sealMessage(corpKeys(), '42')))).toBe(200);
});

it('survives a sender who leaves in the middle of the body', async () => {
  const world = await aWorld();
  const { origin, lines } = await aDoor(world.context);
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  const query = new URLSearchParams(GOOD.query);
  const head = `POST /wecom/callback?${query} HTTP/1.1\r\nhost: x\r\ncontent-length: 5000`;
  socket.write(`${head}\r\nexpect: 100-continue\r\n\r\n<xml>`);
  await once(socket, 'data'); // the server has begun to read
  socket.destroy();
  await expect.poll(() => lines.filter(({ message }) => message === 'request')).toHaveLength(1);
  expect((await deliver(origin, ADDED)).status).toBe(200);
});

it('keeps an event once, however often and however late it is delivered', async () => {
  const world = await aWorld({ corp: corp() });
  const answers = [await deliver(world.origin, ADDED), await deliver(world.origin, ADDED)];
  await world.settled();
  world.setNow('2030-01-02T10:00:00+08:00');
  answers.push(await deliver(world.origin, ADDED));
  await world.settled();
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(await kept(world)).toMatchObject([{ state: 'done', tries: 1 }]);
  expect(world.callsOf('externalcontact/get')).toHaveLength(1);
});

it('learns of two changes in one second, which are told by two letters with the same words', async () => {
  const world = await aWorld({ corp: corp() });
  const edited = ADDED.replace('add_external_contact', 'edit_external_contact');
  for (const _ of ['first', 'second']) {
    expect((await deliver(world.origin, edited)).status).toBe(200);
    await world.settled();
  }
  expect(await kept(world)).toMatchObject([{ state: 'done', tries: 2 }]);
  expect(world.callsOf('externalcontact/get')).toHaveLength(2);
});

it('works once on an event that arrives twenty times at once', async () => {
  const world = await aWorld({ corp: corp() });
  const answers = await Promise.all(Array.from({ length: 20 }, () => deliver(world.origin, ADDED)));
  await world.settled();
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  await expect.poll(() => kept(world)).toMatchObject([{ state: 'done', tries: 1 }]);
});

it.each([
  ['change_external_contact', 'something_new'],
  ['change_contact', 'update_tag'],
])('keeps %s.%s, which nobody acts on, as ignored', async (event, change) => {
  const world = await aWorld({ corp: corp() });
  const xml = contactXml(change, { at: AT, TagId: '1' }).replace('change_external_contact', event);
  expect((await deliver(world.origin, xml)).status).toBe(200);
  expect(await kept(world)).toMatchObject([{ kind: `${event}.${change}`, state: 'ignored', tries: 0 }]);
});

it('parks an event of a kind it knows that lacks what it needs, and answers as ever', async () => {
  const world = await aWorld({ corp: corp() });
  const xml = contactXml('add_external_contact', { at: AT, UserID: 'anna' });
  expect((await deliver(world.origin, xml)).status).toBe(200);
  expect(await kept(world)).toMatchObject([{ kind: 'unreadable', state: 'failed', fields: { xml } }]);
});

it('takes a letter whose timestamp is long ago, once', async () => {
  const world = await aWorld({ corp: corp() });
  const letter = aCallback(ADDED);
  world.setNow('2026-03-11T12:00:00+08:00');
  expect((await post(world.origin, letter)).status).toBe(200);
  expect((await post(world.origin, letter)).status).toBe(200);
  await world.settled();
  expect(await kept(world)).toMatchObject([{ state: 'done', tries: 1 }]);
});

it.each([
  ['no XML', 'hello'],
  ['no time', '<xml><MsgType>event</MsgType><Event>x</Event></xml>'],
  ['an entity', `<!DOCTYPE a [<!ENTITY b "c">]>${ADDED}`],
])('parks an authentic letter with %s instead of losing it', async (_what, xml) => {
  const world = await aWorld();
  const { origin, lines } = await aDoor(world.context);
  expect((await deliver(origin, xml)).status).toBe(200);
  expect(await kept(world)).toMatchObject([{ kind: 'unreadable', state: 'failed', fields: { xml } }]);
  expect(lines.map(({ level }) => level)).toContain('error');
  expect(JSON.stringify(lines)).not.toContain('ExternalUserID');
});

it('answers 503 when the event cannot be kept, so that WeCom sends it again', async () => {
  const world = await aWorld({ corp: corp() });
  const gone = await aWorld();
  const { origin, lines } = await aDoor({ ...world.context, inbox: gone.context.inbox });
  await gone.loseDatabase();
  expect((await deliver(origin, ADDED)).status).toBe(503);
  expect(lines.map(({ message }) => message)).toEqual(['request failed', 'request']);
  expect((await deliver(world.origin, ADDED)).status).toBe(200);
});

it('has kept every event before it answers, many at once too', async () => {
  const world = await aWorld({ corp: corp() });
  const kept = Array.from({ length: 30 }, async (_, index) => {
    const xml = contactXml('something_new', { at: AT, UserID: 'anna', ExternalUserID: `wm${index}` });
    expect((await deliver(world.origin, xml)).status).toBe(200);
    return world.context.inbox.find(createHash('sha256').update(xml).digest('hex'));
  });
  expect((await Promise.all(kept)).map((event) => event?.state)).toEqual(Array(30).fill('ignored'));
});
