/**
 * Runs the contract suite of the database and the tests of the shelves on another MongoDB server, and compares what fails with
 * the list of that server's known gaps: anything new is red.
 *
 *   npm run test:servers                          an independent server from PyPI, installed into .servers/
 *   npm run test:servers -- --uri mongodb://…     a server that runs already, of which nothing may fail
 *   npm run test:servers -- --keep                writes what fails now into the list of known gaps
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const PACKAGE = 'secantusdb==0.7.0b3';
const FOLDER = resolve('.servers', PACKAGE.replace('==', '-'));
const GAPS = 'test/fixtures/known-gaps.json';
const TESTS = [
  'packages/embedded-mongo/test/contract',
  'packages/embedded-mongo/test/mongoose.test.ts',
  'test/server/store',
];
const START_MS = 60_000;

const { values } = parseArgs({ options: { uri: { type: 'string' }, keep: { type: 'boolean' } } });
const say = (text) => process.stdout.write(`${text}\n`);
const fail = (text) => {
  process.stderr.write(`${text}\n`);
  process.exit(1);
};

/** The first Python that is new enough. */
function findPython() {
  const isNewEnough = 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else 1)';
  const names = ['python3.13', 'python3.12', 'python3.11', 'python3', 'python'];
  return names.find((name) => spawnSync(name, ['-c', isNewEnough]).status === 0) ?? null;
}

function install() {
  const server = join(FOLDER, 'bin', 'secantusd-py');
  if (existsSync(server)) return server;
  const python = findPython();
  if (!python)
    fail('The independent server needs Python 3.11 or newer, e.g. apt-get install python3 python3-venv');
  say(`Installing ${PACKAGE} into ${relative('.', FOLDER)}`);
  mkdirSync(FOLDER, { recursive: true });
  for (const [command, ...args] of [
    [python, '-m', 'venv', FOLDER],
    [join(FOLDER, 'bin', 'pip'), 'install', '--quiet', '--disable-pip-version-check', PACKAGE],
  ]) {
    if (spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0) continue;
    rmSync(FOLDER, { recursive: true, force: true });
    fail(`${command} ${args.join(' ')} failed: is a package registry reachable?`);
  }
  return server;
}

async function freePort() {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address();
  await new Promise((done) => listener.close(done));
  return port;
}

const answers = (port) =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
    socket.once('connect', () => socket.destroy());
  });

async function startServer() {
  const command = install();
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), 'genjin-server-'));
  const args = ['--standalone', '--host', '127.0.0.1', '--port', String(port), '--storage-path', dir];
  const child = spawn(command, [...args, '--log-level', 'ERROR', '--cache-size', '256M'], {
    stdio: 'ignore', // what it cannot do it tells at length; the tests tell it better
    cwd: dir,
  });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(dir, { recursive: true, force: true });
  };
  for (const until = Date.now() + START_MS; !(await answers(port));) {
    if (child.exitCode !== null || Date.now() > until) fail(`${command} does not answer`);
    await new Promise((done) => setTimeout(done, 100));
  }
  return { uri: `mongodb://127.0.0.1:${port}/?directConnection=true&retryWrites=false`, stop };
}

/** Every test with its outcome; a file that could not run is one that failed. */
async function runTests(uri) {
  const report = join(mkdtempSync(join(tmpdir(), 'genjin-report-')), 'report.json');
  const args = ['vitest', 'run', ...TESTS, '--reporter=json', `--outputFile=${report}`, '--maxWorkers=2'];
  const env = { ...process.env, TEST_MONGODB_URI: uri };
  const child = spawn('npx', args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  await once(child, 'exit');
  if (!existsSync(report)) fail('The tests did not run');
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  rmSync(resolve(report, '..'), { recursive: true, force: true });
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const file = relative('.', name);
    if (assertionResults.length === 0) return [{ id: file, status }];
    return assertionResults.map((test) => ({ id: `${file} > ${test.fullName.trim()}`, status: test.status }));
  });
}

const server = values.uri ? { uri: values.uri, stop: async () => undefined } : await startServer();
const results = await runTests(server.uri).finally(server.stop);
const failed = [...new Set(results.filter(({ status }) => status === 'failed').map(({ id }) => id))].sort();
const passed = new Set(results.filter(({ status }) => status === 'passed').map(({ id }) => id));
if (values.keep) writeFileSync(GAPS, `${JSON.stringify({ server: PACKAGE, gaps: failed }, null, 2)}\n`);

const known = values.uri ? [] : JSON.parse(readFileSync(GAPS, 'utf8')).gaps;
const news = failed.filter((id) => !known.includes(id));
const mended = known.filter((id) => passed.has(id) && !failed.includes(id));
say(
  `${passed.size} passed, ${failed.length} failed (${failed.length - news.length} known gaps), ${results.length} in all`,
);
if (mended.length > 0) say(`No gap any more:\n${mended.map((id) => `  ${id}`).join('\n')}`);
if (news.length > 0) fail(`New:\n${news.map((id) => `  ${id}`).join('\n')}`);
