import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { ALL_JOBS } from '../jobs/all-jobs.ts';
import { IMPORT_TYPES } from '../server/cli/import-types.ts';
import { SETTING_NAMES } from '../server/boot/config.ts';
import type { Context } from '../server/context.ts';
import { CLAIM_REFUSALS } from '../server/domain/staff/claim.ts';
import { EXPORT_KINDS } from '../server/domain/exports/export-sheets.ts';
import { SCOPES } from '../server/domain/staff/permission.ts';
import { DEFAULT_SETTINGS } from '../server/domain/settings.ts';
import { TRANSFER_FAULTS } from '../server/domain/staff/transfer.ts';
import { HOOK_EVENTS } from '../server/domain/system/webhook.ts';
import { signedRoutes } from './support/all-routes.ts';

const PACKAGES = ['packages/embedded-mongo', 'packages/wecom-sandbox'];
const OF_PACKAGES = PACKAGES.flatMap((folder) => [`${folder}/src`, `${folder}/test`]);
const CODE = ['server', 'jobs', 'sidebar', 'test', 'scripts', ...OF_PACKAGES];
const TEXTS = new Set(['.ts', '.vue', '.mjs', '.cjs', '.md', '.json', '.yml', '.html', '.css', '.example']);
const FOREIGN = /^test\/fixtures\/|node_modules/;

const CODE_ENDINGS = new Set(['.ts', '.vue', '.mjs']);

const read = (file: string) => readFileSync(file, 'utf8');

/** Every text of ours in these folders. */
const filesIn = (folders: readonly string[]): string[] =>
  folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
    )
    .filter((file) => TEXTS.has(extname(file)) && !FOREIGN.test(file));

const atRoot = readdirSync('.').filter((file) => TEXTS.has(extname(file)) && file !== 'package-lock.json');
const documents = [
  ...filesIn(['docs', 'packages/wecom-sandbox/docs']),
  ...PACKAGES.map((folder) => `${folder}/README.md`),
  ...atRoot.filter((file) => file.endsWith('.md')),
];

/** The headings of a document, without the marks of code. */
const headingsOf = (file: string): string[] =>
  [...read(file).matchAll(/^#{1,4} (.+)$/gm)].map(([, title = '']) => title.replaceAll('`', ''));

/** As GitHub makes anchors of headings. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

/** What stands below a heading, up to the next one of the same rank. */
function partOf(file: string, heading: string): string {
  const [, rest = ''] = read(file).split(`\n${heading}\n`);
  const rank = heading.split(' ')[0];
  return rest.split(`\n${rank} `)[0] ?? '';
}

/** The first cells of a table's rows, without the marks of code. */
const firstCells = (part: string): string[] =>
  [...part.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, cell = '']) => cell);

const sorted = (names: Iterable<string>) => [...names].toSorted();

/** What a text cites: a document of ours, and sections or a heading of it. */
type Citation = { name: string; sections: string[]; heading: string | null };

const CITED = /([\w-][\w.-]*\.md)(?!\w)(?=((?:(?!\.md\b|\*\/)[^]){0,60}))/g;
const SECTIONS = /^[\s,]*§(\d+(?:\.\d+)?)(?:[–-]§?(\d+(?:\.\d+)?))?/;

function sectionsIn(tail: string): string[] {
  const match = SECTIONS.exec(tail);
  if (!match) return [];
  const [all, first = '', last] = match;
  const behind = tail.slice(all.length).replace(/^ \([^)]*\)/, '');
  return [first, ...(last ? [last] : []), ...sectionsIn(behind)];
}

/** Comments that go over several lines count as one. */
function citationsIn(file: string): Citation[] {
  const text = read(file).replaceAll(/\n\s*(?:\*(?!\/)|\/\/)?\s*/g, ' ');
  return [...text.matchAll(CITED)].map(([, name = '', tail = '']) => ({
    name,
    sections: sectionsIn(tail),
    heading: /^,? "([^"]+)"/.exec(tail)?.[1] ?? null,
  }));
}

/** Why a citation leads nowhere; null when it leads somewhere. */
function lostIn(known: ReadonlyMap<string, string[]>, { name, sections, heading }: Citation): string | null {
  const headings = known.get(name);
  if (!headings) return `${name} is no document of ours`;
  const numbers = headings.map((title) => /^\d+(?:\.\d+)?/.exec(title)?.[0]);
  const missing = sections.find((section) => !numbers.includes(section));
  if (missing) return `${name} has no §${missing}`;
  return heading && !headings.includes(heading) ? `${name} has no heading “${heading}”` : null;
}

it('leads every citation to a section that is there', () => {
  const known = new Map(documents.map((file) => [basename(file), headingsOf(file)]));
  const lost = [...filesIn(CODE), ...documents].flatMap((file) =>
    citationsIn(file).flatMap((citation) => {
      const why = lostIn(known, citation);
      return why ? [`${file}: ${why}`] : [];
    }),
  );
  expect(lost).toEqual([]);
});

it('leads every link between documents to a file and a heading that are there', () => {
  const lost = documents.flatMap((file) =>
    [...read(file).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].flatMap(([, link = '']) => {
      const [path = '', anchor] = link.split('#');
      const target = path ? join(dirname(file), path) : file;
      const isThere = existsAs(target) && (!anchor || headingsOf(target).map(anchorOf).includes(anchor));
      return isThere ? [] : [`${file}: ${link}`];
    }),
  );
  expect(lost).toEqual([]);
});

const existsAs = (path: string) => readdirSync(dirname(path)).includes(basename(path));

it('names every setting in contract.md, and no other', () => {
  expect(sorted(firstCells(partOf('docs/contract.md', '## Settings')))).toEqual(sorted(SETTING_NAMES));
});

it('names every column of an import in contract.md, by header and name', async () => {
  const context = { settings: { read: async () => DEFAULT_SETTINGS } } as unknown as Context;
  for (const [type, { columns }] of IMPORT_TYPES) {
    const part = partOf('docs/contract.md', `### ${type}`);
    const missing = Object.entries(await columns(context)).filter(
      ([name, { label }]) => !part.includes(`\`${name}\``) || !part.includes(label),
    );
    expect({ type, missing }).toEqual({ type, missing: [] });
  }
});

it('names every kind of export in contract.md, and every job in cli.md', () => {
  const kinds = partOf('docs/contract.md', '## Export files');
  expect(EXPORT_KINDS.filter((kind) => !kinds.includes(`\`${kind}\``) && !IMPORT_TYPES.has(kind))).toEqual(
    [],
  );
  expect(sorted(firstCells(partOf('docs/cli.md', '## job')))).toEqual(
    sorted(ALL_JOBS.map(({ name }) => name)),
  );
});

it('names every scope and every event of webhooks in api.md, and no other', () => {
  expect(sorted(firstCells(partOf('docs/api.md', '## Who asks')))).toEqual(sorted(SCOPES));
  const told = firstCells(partOf('docs/api.md', '## Webhooks')).filter((cell) => !cell.startsWith('x-'));
  expect(sorted(told)).toEqual(sorted([...HOOK_EVENTS, 'test']));
});

/** A route as a row of api.md tells it. */
const rowOf = ({ route, roles, scope, load }: ReturnType<typeof signedRoutes>[number]): string => {
  const loads = load.to === null ? load.what.replace('nothing', '') : `${load.what}: ${load.to}`;
  return [`\`${route}\``, roles.join(', '), scope ? `\`${scope}\`` : '', loads].join(' | ');
};

it('tells of every route in api.md who may call it and what it loads, as the route itself says', () => {
  const rows = partOf('docs/api.md', '## Routes').matchAll(/^\| (`[A-Z]+ .+) \|$/gm);
  const told = [...rows].map(([, row = '']) =>
    row
      .split('|')
      .map((cell) => cell.trim())
      .join(' | '),
  );
  expect(told).toEqual(signedRoutes().map(rowOf));
});

/** Where a code is worked out, and what it may be; whoever adds such a place names its codes here. */
const WORKED_OUT: Readonly<Record<string, readonly string[]>> = {
  'server/api/permit.ts': ['403 managers_only', '403 admins_only', '403 not_permitted'],
  'server/api/survey-door.ts': ['403 not_recognised', '403 cookies_needed'],
  'server/callback/decrypt-callback.ts': ['403 wrong_receiver', '400 not_decryptable'],
  'server/callback/route.ts': ['413 body_too_large', '400 broken_body'],
  'server/flows/follow-ups/correct-follow-up.ts': ['400 date_in_the_past', '400 date_too_far'],
  'server/flows/follow-ups/log-follow-up.ts': ['400 date_in_the_past', '400 date_too_far'],
  'server/flows/follow-ups/load-own-follow-up.ts': ['403 not_the_author', '409 is_message', '409 too_late'],
  'server/flows/pool/claim-account.ts': CLAIM_REFUSALS.map((code) => `409 ${code}`),
  'server/flows/promises/settle-promise.ts': ['400 date_in_the_past', '400 date_too_far'],
  'server/flows/transfers/start-transfer.ts': TRANSFER_FAULTS.map((code) => `409 ${code}`),
  'server/http/endpoint.ts': ['400 invalid_params', '400 invalid_query', '400 invalid_body'],
};
/** What `http/report-errors.ts` says of errors that are none of ours. */
const OF_OTHERS = ['400 bad_request', '413 bad_request', '415 bad_request', '500 internal_error'];

/** Each `new AppError(status, code, …)` of a file as `404 not_found`; null for one that is worked out. */
function thrownIn(file: string): (string | null)[] {
  const found: (string | null)[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText() === 'AppError') {
      const [status, code] = node.arguments ?? [];
      const isPlain = status && code && ts.isNumericLiteral(status) && ts.isStringLiteral(code);
      found.push(isPlain ? `${status.text} ${code.text}` : null);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, read(file), ts.ScriptTarget.ESNext, true));
  return found;
}

it('names every error code in api.md with its status, and no other', () => {
  const thrown = filesIn(['server', 'jobs'])
    .filter((file) => file.endsWith('.ts') && read(file).includes('new AppError('))
    .map((file) => ({ file, codes: thrownIn(file) }));
  const workedOut = thrown.filter(({ codes }) => codes.includes(null)).map(({ file }) => file);
  expect(sorted(workedOut)).toEqual(sorted(Object.keys(WORKED_OUT)));

  const plain = thrown.flatMap(({ codes }) => codes.filter((code) => code !== null));
  const answered = new Set([...plain, ...Object.values(WORKED_OUT).flat(), ...OF_OTHERS]);
  const rows = partOf('docs/api.md', '## Error codes').matchAll(/^\| `(\w+)` +\| ([\d, ]+?) +\|/gm);
  const told = [...rows].flatMap(([, code, statuses = '']) =>
    statuses.split(', ').map((one) => `${one} ${code}`),
  );
  expect(sorted(told)).toEqual(sorted(answered));
});

it.each(['README.md', 'README.zh-CN.md'])('keeps %s short: 130 lines of 140 characters', (file) => {
  const lines = read(file).trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(130);
  expect(lines.filter((line) => line.length > 140)).toEqual([]);
});

it('leads nobody to a file outside of the repository', () => {
  const outside = new RegExp(`\\.\\./${'shared'}(?![\\w.-])`);
  const texts = [...filesIn([...CODE, 'docs']), ...atRoot, '.dependency-cruiser.cjs', '.env.example'];
  expect(texts.filter((file) => outside.test(read(file)))).toEqual([]);
});

it('names in the glossary only what stands in the code', () => {
  const files = filesIn(CODE).filter((file) => CODE_ENDINGS.has(extname(file)));
  const code = [...files, ...files.map(read)].join('\n');
  const names = [...read('docs/glossary.md').matchAll(/`([^`]+)`/g)].map(([, name = '']) =>
    name.replace('…', ''),
  );
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter((name) => !code.includes(name))).toEqual([]);
});

it('sends readers of a comment only to files that are there', () => {
  const files = filesIn(CODE).filter((file) => CODE_ENDINGS.has(extname(file)));
  const there = new Set(files.map((file) => basename(file).split('.')[0]));
  const lost = files.flatMap((file) =>
    [...read(file).matchAll(/\bsee `([a-z]+(?:-[a-z]+)+)`/g)].flatMap(([, name = '']) =>
      there.has(name) ? [] : [`${file}: ${name}`],
    ),
  );
  expect(lost).toEqual([]);
});
