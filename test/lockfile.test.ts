import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

type Entry = { version?: string; integrity?: string; resolved?: string; link?: boolean };

it('holds the hash of each package that is installed, and no host to fetch it from', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, Entry>;
  };
  const installed = Object.entries(packages).filter(
    ([path, { link }]) => path.includes('node_modules/') && !link,
  );
  expect(installed.length).toBeGreaterThan(0);
  const named = (fits: (entry: Entry) => boolean) =>
    installed.filter(([, entry]) => fits(entry)).map(([path]) => path);
  expect(named(({ integrity }) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''))).toEqual([]);
  expect(named(({ resolved }) => resolved !== undefined)).toEqual([]);
});
