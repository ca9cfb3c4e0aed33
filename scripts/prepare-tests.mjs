/** Installs the system packages that the browser and Redis tests need, where it may; else says which are missing. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
const hasCjkFont = () =>
  /\S/.test(spawnSync('fc-list', [':lang=zh', 'file'], { encoding: 'utf8' }).stdout ?? '');

const NEEDS = [
  {
    package: 'chromium-headless-shell',
    isThere: () => existsSync(process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium-headless-shell'),
  },
  { package: 'fonts-noto-cjk', isThere: hasCjkFont },
  { package: 'redis-server', isThere: () => has('redis-server') },
];

const missing = () => NEEDS.filter(({ isThere }) => !isThere()).map((need) => need.package);

const run = (command, args) =>
  spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

const wanted = missing();
if (wanted.length > 0 && has('apt-get') && process.getuid?.() === 0) {
  process.stderr.write(`Installing for the tests: ${wanted.join(' ')}\n`);
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...wanted]);
}
const left = missing();
if (left.length > 0) {
  process.stderr.write(
    `The tests need these packages: ${left.join(' ')}\nOn Debian or Ubuntu: sudo apt-get install ${left.join(' ')}\n`,
  );
  process.exit(1);
}
