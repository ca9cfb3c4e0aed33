import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { actRoutes } from '../src/control/act-routes.ts';
import { USUAL_RULES } from '../src/rules.ts';
import { openSmall } from './support/open-small.ts';

const DOCUMENT = readFileSync(join(import.meta.dirname, '../docs/sandbox.md'), 'utf8');

/** Examples of one route: the JSON bodies that the document posts to it. */
function examplesOf(route: string): unknown[] {
  return [...DOCUMENT.matchAll(new RegExp(`^post ${route} '(.*?)'`, 'gm'))].map(([, body = '']) =>
    JSON.parse(body),
  );
}

it('shows an example of every act, and of no other', async () => {
  const { platform } = await openSmall();
  const routes = Object.keys(actRoutes(platform.actions));
  const shown = [...DOCUMENT.matchAll(/^post act\/(\S+)/gm)].map(([, name]) => name);
  expect([...new Set(shown)].toSorted()).toEqual(routes.toSorted());
});

it('posts bodies that have the right shape, whoever they name', async () => {
  const { platform, control } = await openSmall();
  for (const name of Object.keys(actRoutes(platform.actions))) {
    for (const body of examplesOf(`act/${name}`)) {
      const answer = await control(`act/${name}`, { body });
      const code = answer.ok ? '' : (await answer.json()).error.code;
      expect([name, code]).not.toEqual([name, 'invalid_body']);
    }
  }
});

it('orders rules, faults and moves of the clock that are accepted', async () => {
  const { control } = await openSmall();
  for (const route of ['rules', 'faults', 'clock']) {
    const examples = examplesOf(route);
    expect(examples.length).toBeGreaterThan(2);
    for (const body of examples) expect([body, (await control(route, { body })).ok]).toEqual([body, true]);
  }
});

it('names only rules that there are', () => {
  const names = examplesOf('rules').flatMap((body) => Object.keys(body as object));
  expect(names.filter((name) => name !== 'reset' && !(name in USUAL_RULES))).toEqual([]);
});
