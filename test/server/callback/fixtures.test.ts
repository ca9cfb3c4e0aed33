import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openEcho, decryptCallback } from '../../../server/callback/decrypt-callback.ts';
import { parseEvent, SHAPES } from '../../../server/callback/parse.ts';

const DIR = join(import.meta.dirname, '../../fixtures/callbacks');
const read = (file: string) => readFileSync(join(DIR, file), 'utf8');

/** The examples whose XML is told in JSON too. */
const NAMES = readdirSync(DIR).flatMap((file) => (file.endsWith('.json') ? [file.replace('.json', '')] : []));
const told = (event: unknown): unknown => JSON.parse(JSON.stringify(event));

it.each(NAMES)('reads %s', (name) => {
  expect(told(parseEvent(read(`${name}.xml`)))).toEqual(JSON.parse(read(`${name}.json`)));
});

it.each(NAMES)('reads what was kept of %s as it was', (name) => {
  const { kind, fields } = parseEvent(read(`${name}.xml`));
  expect(SHAPES[kind]?.parse(fields) ?? fields).toEqual(fields);
});

it('has an example of every kind it knows, but for those that differ in the name alone', () => {
  const kinds = new Set(NAMES.map((name) => parseEvent(read(`${name}.xml`)).kind));
  const twins = ['scancode_waitmsg', 'pic_sysphoto', 'pic_photo_or_album'];
  expect(Object.keys(SHAPES).filter((kind) => !kinds.has(kind))).toEqual(twins);
});

/** What each kind cannot do without; see the shapes. */
const MUST: [name: string, element: string][] = [
  ['add-external-contact', 'UserID'],
  ['add-external-contact', 'ExternalUserID'],
  ['del-follow-user', 'ExternalUserID'],
  ['chat-create', 'ChatId'],
  ['chat-change-name', 'UpdateDetail'],
  ['tag-create', 'Id'],
  ['tag-delete', 'TagType'],
  ['user-update-of-id', 'UserID'],
  ['party-create', 'Id'],
  ['click', 'EventKey'],
  ['enter-agent', 'FromUserName'],
  ['template-card-event', 'ResponseCode'],
  ['acquisition-link-unavailable', 'LinkId'],
  ['acquisition-quota-expire-soon', 'ExpireTime'],
  ['message-text', 'MsgId'],
];

it.each(MUST)('does not understand %s without %s, and names what is missing only', (name, element) => {
  const xml = read(`${name}.xml`).replace(new RegExp(`<${element}>.*?</${element}>`), '');
  expect(() => parseEvent(xml)).toThrow(/^\w+(\.\w+)? without a usable \w+$/);
});

/** The sample values of WeCom's manual. Source: wecom.md §1.7. */
const KEYS = {
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  receiveId: 'wx5823bf96d3bd56c7',
};

it("opens the manual's verification A1", () => {
  const query = {
    msg_signature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
    timestamp: '1409659589',
    nonce: '263014780',
    echostr: 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==',
  };
  expect(openEcho(KEYS, query)).toBe('1616140317555161061');
  expect(() => openEcho(KEYS, { ...query, nonce: '263014781' })).toThrow('msg_signature does not fit');
});

it("opens the manual's message A2", () => {
  const query = {
    msg_signature: '477715d11cdb4164915debcba66cb864d751f3e6',
    timestamp: '1409659813',
    nonce: '1372623149',
  };
  expect(decryptCallback(KEYS, query, read('manual-a2-envelope.xml'))).toBe(read('manual-a2-message.xml'));
});
