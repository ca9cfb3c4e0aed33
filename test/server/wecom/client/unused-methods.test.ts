import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { create } from 'axios';
import { expect, it } from 'vitest';
import { createMemoryShared } from '../../../../server/store/db/shared.ts';
import { createWecom } from '../../../../server/wecom/client/create-wecom.ts';
import { CORP } from '../../../support/wecom-parts.ts';

const ROOT = new URL('../../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');

/** Who may want something of WeCom: everything that runs in production, but for the client itself. */
const CALLERS = ['api', 'boot', 'callback', 'cli', 'flows', 'http'].map((folder) => `server/${folder}/`);

const sources = [...CALLERS, 'jobs/'].flatMap((folder) =>
  readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => read(`${folder}${file}`)),
);

/** Methods by the path to them, `contacts.get`; what stands at the top has a path of one word. */
function methodsOfClient(): string[] {
  const { corpId, agentId, secret } = CORP;
  const identity = { corpId, agentId, agentSecret: secret, contactSecret: secret, oauthUrl: 'http://unused' };
  const wecom: object = createWecom(create(), createMemoryShared(), identity);
  return Object.entries(wecom).flatMap(([family, methods]: [string, object]) =>
    typeof methods === 'function'
      ? [`wecom.${family}`]
      : Object.keys(methods).map((method) => `${family}.${method}`),
  );
}

/** True when somebody writes the path, be it over two lines. */
function isCalled(path: string): boolean {
  const written = new RegExp(`\\b${path.replace('.', String.raw`\s*\.\s*`)}\\b`);
  return sources.some((source) => written.test(source));
}

/** What a cell of a table writes as code. */
const codesOf = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

/** Rows of the table in wecom.md §9: the files and the methods that each names. */
function rowsOfDocument(): { files: string[]; methods: string[] }[] {
  const [, section = ''] = read('docs/wecom.md').split('\n## 9. ');
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|'))
    .map(([, files, methods]) => ({ files: codesOf(files), methods: codesOf(methods) }));
}

it('knows no method that nobody calls, but for those that wecom.md says what they wait for', () => {
  const unused = methodsOfClient().filter((path) => !isCalled(path));
  expect(unused.toSorted()).toEqual(
    rowsOfDocument()
      .flatMap(({ methods }) => methods)
      .toSorted(),
  );
});

it('names files that exist', () => {
  const files = rowsOfDocument().flatMap((row) => row.files);
  expect(files).not.toEqual([]);
  expect(files.filter((file) => !existsSync(new URL(`server/wecom/api/${file}`, ROOT)))).toEqual([]);
});
