/** Measures the budgets of the house (docs/architecture.md §10) and ends with 1 when one is missed: lines of files and functions, tests, casts. */
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
const read = (file) => readFileSync(file, 'utf8');
const linesOf = (file) => read(file).trimEnd().split('\n').length;
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const at = (numbers, share) =>
  [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? 0;

const functions = [];
const longest = { lines: 0, place: '' };
const facts = { casts: 0, any: 0, nonNull: 0, exports: 0, documented: 0, parameters: 0 };

const isExported = (statement) =>
  ts.canHaveModifiers(statement) &&
  ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

for (const file of code.filter((name) => name.endsWith('.ts'))) {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.ESNext, true);
  const line = (position) => source.getLineAndCharacterOfPosition(position).line;
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body) {
      const lines = line(node.getEnd()) - line(node.getStart()) + 1;
      functions.push(lines);
      if (lines > longest.lines)
        Object.assign(longest, { lines, place: `${file}:${line(node.getStart()) + 1}` });
      facts.parameters = Math.max(facts.parameters, node.parameters.length);
    }
    if (ts.isAsExpression(node) && node.type.getText() !== 'const') facts.casts += 1;
    if (node.kind === ts.SyntaxKind.AnyKeyword) facts.any += 1;
    if (ts.isNonNullExpression(node)) facts.nonNull += 1;
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const statement of source.statements.filter(isExported)) {
    facts.exports += 1;
    if (ts.getJSDocCommentsAndTags(statement).length > 0) facts.documented += 1;
  }
}

const files = code.map(linesOf);
const total = sum(files);
const tests = sum(tracked.filter(isTest).map(linesOf));

/** Each: name, value, the most (or with `least` the least) that it may be. */
const budgets = [
  { name: 'lines of a file, median', value: at(files, 0.5), most: 60 },
  { name: 'lines of a file, longest', value: Math.max(...files), most: 200 },
  { name: 'lines of a function, 90 %', value: at(functions, 0.9), most: 26 },
  { name: `lines of a function, longest (${longest.place})`, value: longest.lines, most: 45 },
  { name: 'parameters of a function', value: facts.parameters, most: 4 },
  { name: 'lines of tests to a line of code', value: tests / total, least: 0.7 },
  { name: 'exports with a docstring, %', value: (facts.documented * 100) / facts.exports, least: 70 },
  { name: 'any', value: facts.any, most: 0 },
  { name: 'non-null assertions', value: facts.nonNull, most: 0 },
  // Most stand where a driver, JSON or a schema gives what only we know the type of.
  { name: 'casts to 1,000 lines', value: (facts.casts * 1000) / total, most: 1.2 },
];
const isMissed = ({ value, most = Infinity, least = 0 }) => value > most || value < least;
for (const budget of budgets) {
  const { name, value, most, least } = budget;
  const limit = most === undefined ? `≥ ${least}` : `≤ ${most}`;
  const shown = Number.isInteger(value) ? value : value.toFixed(2);
  process.stdout.write(`${isMissed(budget) ? 'MISSED ' : '       '}${name.padEnd(76)}${shown} (${limit})\n`);
}
process.stdout.write(`       ${total} lines of code, ${tests} of tests\n`);
process.exit(budgets.some(isMissed) ? 1 : 0);
