/** Prints the budgets of the house: lines of files and functions, comments, tests, casts. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import ts from 'typescript';

const tracked = spawnSync('git', ['ls-files', '*.ts', '*.vue'], { encoding: 'utf8' })
  .stdout.split('\n')
  .filter(Boolean);
const isTest = (file) => /^(packages\/[^/]+\/)?test\//.test(file);
const code = tracked.filter(
  (file) => !isTest(file) && !file.endsWith('.config.ts') && !file.endsWith('.d.ts'),
);
const tests = tracked.filter(isTest);
const read = (file) => readFileSync(file, 'utf8');
const linesOf = (file) => read(file).trimEnd().split('\n').length;
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const at = (numbers, share) =>
  [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? 0;

const functions = [];
const facts = { casts: 0, any: 0, nonNull: 0, exports: 0, documented: 0, parameters: 0 };

for (const file of code.filter((name) => name.endsWith('.ts'))) {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.ESNext, true);
  const line = (position) => source.getLineAndCharacterOfPosition(position).line;
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body) {
      functions.push(line(node.getEnd()) - line(node.getStart()) + 1);
      facts.parameters = Math.max(facts.parameters, node.parameters.length);
    }
    if (ts.isAsExpression(node) && node.type.getText() !== 'const') facts.casts += 1;
    if (node.kind === ts.SyntaxKind.AnyKeyword) facts.any += 1;
    if (ts.isNonNullExpression(node)) facts.nonNull += 1;
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const statement of source.statements) {
    if (
      !ts.canHaveModifiers(statement) ||
      !ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    )
      continue;
    facts.exports += 1;
    if (ts.getJSDocCommentsAndTags(statement).length > 0) facts.documented += 1;
  }
}

const files = code.map(linesOf);
const total = sum(files);
const comments = sum(
  code.map(
    (file) =>
      read(file)
        .split('\n')
        .filter((text) => /^\s*(\/\*\*|\*|\/\/|<!--)/.test(text) || /;\s+\/\/ /.test(text)).length,
  ),
);
const folder = (names, start) => sum(names.filter((file) => file.startsWith(start)).map(linesOf));
const domain = { code: folder(code, 'server/domain/'), test: folder(tests, 'test/server/domain/') };

const rows = [
  ['code lines', total, ''],
  ['test lines', sum(tests.map(linesOf)), ''],
  ['test : code', (sum(tests.map(linesOf)) / total).toFixed(2), '≥ 1.0'],
  ['test : code, domain', (domain.test / domain.code).toFixed(2), '≥ 2'],
  [
    'file lines, median / p90 / max',
    `${at(files, 0.5)} / ${at(files, 0.9)} / ${Math.max(...files)}`,
    '≤ 60 / 140 / 200',
  ],
  [
    'function lines, median / p90 / max',
    `${at(functions, 0.5)} / ${at(functions, 0.9)} / ${Math.max(...functions)}`,
    '≤ 10 / 26 / 40',
  ],
  ['parameters, max', facts.parameters, '≤ 3'],
  ['comment lines, %', ((comments * 100) / total).toFixed(1), '10–18'],
  ['documented exports, %', ((facts.documented * 100) / facts.exports).toFixed(0), '≥ 70'],
  ['any / non-null', `${facts.any} / ${facts.nonNull}`, '0 / 0'],
  ['casts per 1,000 lines', ((facts.casts * 1000) / total).toFixed(2), '< 1'],
];
for (const [name, value, budget] of rows)
  process.stdout.write(`${name.padEnd(38)}${String(value).padEnd(18)}${budget}\n`);
