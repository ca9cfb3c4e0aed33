import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { API_PATHS } from '@genjin/wecom-sandbox';

const CLIENT = new URL('../../../../server/wecom/api/', import.meta.url);

/** Every address below /cgi-bin/ that the client's source names, put together from the constants of its file. */
function pathsOfClient(): string[] {
  const found = new Set<string>();
  for (const name of readdirSync(CLIENT)) {
    const source = readFileSync(new URL(name, CLIENT), 'utf8');
    const roots = new Map(
      [...source.matchAll(/const (\w+) = '(\/cgi-bin\/[\w/]+)'/g)].map(([, key, path]) => [key, path]),
    );
    for (const [, path = ''] of source.matchAll(/'(\/cgi-bin\/[\w/]+)'/g)) found.add(path);
    for (const [, root = '', rest = ''] of source.matchAll(/`\$\{(\w+)\}(\/[\w/]+)`/g))
      if (roots.has(root)) found.add(`${roots.get(root)}${rest}`);
  }
  return [...found].filter((path) => ![...found].some((other) => other.startsWith(`${path}/`))).sort();
}

it('answers every API that the client knows', () => {
  const paths = pathsOfClient();
  expect(paths.length).toBeGreaterThan(60);
  expect(paths.filter((path) => !API_PATHS.includes(path))).toEqual([]);
});
