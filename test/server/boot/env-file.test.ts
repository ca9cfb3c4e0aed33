import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { examineSettings } from '../../../server/boot/config.ts';
import { readEnvFile } from '../../../server/boot/env-file.ts';

const TEXT = 'WECOM_CORP_ID=ww1234567890abcdef\r\n# 备注\r\nCORP_NAME="恒锐"\r\n';
/** 恒锐 and 备注 as GBK writes them. */
const GBK = Buffer.concat([
  Buffer.from('WECOM_CORP_ID=ww1234567890abcdef\r\n# '),
  Buffer.from([0xb1, 0xb8, 0xd7, 0xa2]),
  Buffer.from('\r\nCORP_NAME="'),
  Buffer.from([0xba, 0xe3, 0xc8, 0xf1]),
  Buffer.from('"\r\n'),
]);

function written(bytes: Buffer | string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'genjin-env-')), '.env');
  writeFileSync(file, bytes);
  return file;
}

it.each([
  ['UTF-8', Buffer.from(TEXT), 'utf-8'],
  ['UTF-8 with a BOM', Buffer.from(`\uFEFF${TEXT}`), 'utf-8'],
  ['UTF-16 as Notepad writes it', Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), 'utf-16le'],
  ['UTF-16 with the other byte first', Buffer.from(`\uFEFF${TEXT}`, 'utf16le').swap16(), 'utf-16be'],
  ['GBK', GBK, 'gb18030'],
])('reads the same settings from a file in %s', (_, bytes, encoding) => {
  expect(readEnvFile(written(bytes))).toEqual({
    values: { WECOM_CORP_ID: 'ww1234567890abcdef', CORP_NAME: '恒锐' },
    encoding,
  });
});

it('does without the file', () => {
  expect(readEnvFile(join(tmpdir(), 'genjin-no-such-file'))).toBeNull();
});

it('says of a folder in its place that it cannot be read', () => {
  expect(() => readEnvFile(tmpdir())).toThrow(/cannot be read \(EISDIR\)/);
});

it('never opens the sandbox because of a BOM: the corp behind it is found', () => {
  const file = readEnvFile(written(`\uFEFFWECOM_CORP_ID=ww1234567890abcdef`));
  expect(examineSettings(file?.values ?? {}).config.WECOM_CORP_ID).toBe('ww1234567890abcdef');
});
