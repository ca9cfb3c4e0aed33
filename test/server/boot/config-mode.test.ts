import { expect, it } from 'vitest';
import { examineSettings } from '../../../server/boot/config.ts';

const AES_KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const problems = (settings: Record<string, string>) => examineSettings(settings).problems;

it.each([
  ['WECOM_CROP_ID', 'WECOM_CORP_ID'],
  ['WECOM_CORPID', 'WECOM_CORP_ID'],
  ['wecom_corp_id', 'WECOM_CORP_ID'],
  ['WECOM-CORP-ID', 'WECOM_CORP_ID'],
  ['\uFEFFWECOM_CORP_ID', 'WECOM_CORP_ID'],
  ['ＷＥＣＯＭ_CORP_ID', 'WECOM_CORP_ID'],
  ['WECOM_AGENTID', 'WECOM_AGENT_ID'],
  ['WECOM_CALLBACK_AESKEY', 'WECOM_CALLBACK_AES_KEY'],
  ['MONGODB_URL', 'MONGODB_URI'],
  ['SESSION_SECERT', 'SESSION_SECRET'],
  ['ADMIN_USERID', 'ADMIN_USERIDS'],
  ['PUBLIC_ULR', 'PUBLIC_URL'],
])('tells of a setting that is misspelt as %s the right name', (name, meant) => {
  const told = problems({ SANDBOX: 'on', [name]: 'a value' });
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(new RegExp(`^\\S+ is not a setting; did you mean ${meant}\\?.*${meant}=`));
  expect(told[0]).not.toContain('a value');
});

it('leaves alone what another program needs beside a setting of ours', () => {
  const MONGODB_URI = 'mongodb://127.0.0.1/genjin';
  expect(problems({ MONGODB_URI, MONGODB_URL: 'mongodb://elsewhere/other' })).toEqual([]);
});

it.each([
  { NODE_ENV: 'production' },
  { SANDBOX: 'off' },
  { WECOM_AGENT_ID: '1000002' },
  { WECOM_AGENT_SECRET: 'agent-secret-0123456789' },
  { WECOM_CONTACT_SECRET: 'contact-secret-0123456789' },
  { WECOM_CALLBACK_TOKEN: 'QDG6eK' },
  { WECOM_CALLBACK_AES_KEY: AES_KEY },
  { WECOM_VERIFY_FILE: 'WW_verify_abc123DEF456ghi7.txt' },
  { WECOM_SECRET: 'of an older manual' },
  { HOST: '0.0.0.0' },
  { HOST: '::' },
  { HOST: '192.168.1.7' },
  { PUBLIC_URL: 'https://crm.example.com' },
  { PUBLIC_URL: 'http://localhost.example.com:3000' },
])('refuses the sandbox beside %o, because a real corp may be meant, unless it is asked for', (setting) => {
  const [name = ''] = Object.entries(setting)[0] ?? [];
  const [line, ...rest] = problems(setting);
  expect(rest).toEqual([]);
  expect(line).toMatch(/^WECOM_CORP_ID is missing; e\.g\. ww.*SANDBOX=on/);
  expect(line).toContain(name);
  expect(line).not.toMatch(/secret-0123|QDG6eK|jWmYm|manual/);
  expect(problems({ ...setting, SANDBOX: 'on' })).toEqual([]);
});

it.each([
  { HOST: '127.0.0.1' },
  { HOST: 'localhost' },
  { HOST: '::1' },
  { PUBLIC_URL: 'http://localhost:3000' },
  { PUBLIC_URL: 'http://127.0.0.1:8080' },
  { PUBLIC_URL: 'http://[::1]:3000' },
])('lets the sandbox stand at %o', (setting) => {
  expect(problems(setting)).toEqual([]);
});
