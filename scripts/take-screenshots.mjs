/** Makes the pictures of README in docs/: starts the sandbox in a directory of its own, plays a minute of it, and looks. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const PLACES = [process.env.CHROMIUM_PATH, '/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
const PHONE = { width: 375, height: 812 };
const DESKTOP = { width: 1280, height: 800 };
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

const dir = mkdtempSync(join(tmpdir(), 'genjin-pictures-'));
const env = { ...process.env, DATA_DIR: dir, PORT: '3977', LOG_LEVEL: 'info' };
const origin = `http://localhost:${env.PORT}`;
const server = spawn(process.execPath, ['dist/server/main.js'], {
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
});
process.once('exit', () => server.kill()); // also when a picture fails
await new Promise((resolve) =>
  server.stdout.on('data', (chunk) => String(chunk).includes('"job":"classify-accounts"') && resolve()),
);

const cli = (...args) =>
  JSON.parse(execFileSync(process.execPath, ['dist/server/cli/main.js', ...args, '--json'], { env }));
const control = async (path, body) =>
  (
    await fetch(`${origin}/sandbox/control/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  ).text();
const state = async () => (await fetch(`${origin}/sandbox/control/state`)).json();

mkdirSync('docs', { recursive: true });
const browser = await chromium.launch({
  executablePath: PLACES.find((place) => place && existsSync(place)),
  args: QUIET,
});
const shoot = (page, name) => page.screenshot({ path: `docs/${name}.png`, animations: 'disabled' });
const newPage = async (viewport, person) => {
  const context = await browser.newContext({ viewport, deviceScaleFactor: viewport === PHONE ? 2 : 1 });
  if (person) await context.addCookies([{ name: 'sandbox_person', value: person, url: origin }]);
  return context.newPage();
};

const desktop = await newPage(DESKTOP);
await desktop.goto(`${origin}/sandbox/`);
await desktop.getByRole('navigation', { name: '选择身份' }).getByRole('button', { name: /陈璐/ }).click();
await control('add-customer', { userid: 'chenlu', name: '许志远', corpName: '芜湖顺达汽车零部件有限公司' });
await desktop.locator('.row', { hasText: '许志远' }).click();
await desktop.frameLocator('iframe[name="wecom"]').getByRole('button', { name: '记录跟进' }).waitFor();
await desktop.locator('.row', { hasText: '许志远' }).getByText('头部').waitFor();
await desktop.waitForTimeout(5000);
await shoot(desktop, 'sandbox-1280');

const small = await newPage(PHONE);
await small.goto(`${origin}/sandbox/`);
await small.getByPlaceholder('搜索客户').waitFor();
await small.waitForTimeout(500);
await shoot(small, 'sandbox-375');

const { relations } = await state();
const known = relations.find(
  ({ userid, tags }) => userid === 'chenlu' && tags.some(({ tagName }) => tagName === '头部'),
);
const sidebar = await newPage(PHONE, 'staff:chenlu');
await sidebar.goto(`${origin}/sidebar/?contact=${known.externalUserId}`);
await sidebar.getByRole('button', { name: '记录跟进' }).waitFor();
await sidebar.waitForTimeout(500);
await shoot(sidebar, 'sidebar-375');

const { link } = cli('nps', 'start', '--name', '四季度', '--audience', 'all');
cli('job', 'ask-nps');
const survey = await newPage(PHONE, `customer:${known.externalUserId}`);
await survey.goto(link);
await survey.getByText('您有多大可能').waitFor();
await survey.waitForTimeout(500);
await shoot(survey, 'survey-375');

await browser.close();
server.kill('SIGTERM');
await new Promise((resolve) => server.once('exit', resolve));
rmSync(dir, { recursive: true, force: true });
