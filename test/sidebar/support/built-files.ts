import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type BuiltFile = { name: string; text: string };

/** Every script and stylesheet that a built page may ever load, found from its HTML by the names that files hold of others. */
export function builtFilesOf(folder: string, page: string): BuiltFile[] {
  const found = new Map<string, string>();
  const visit = (text: string) => {
    for (const [, name = ''] of text.matchAll(/([\w.-]+\.(?:js|css))\b/g)) {
      const path = join(folder, 'assets', name);
      if (found.has(name) || !existsSync(path)) continue;
      const inside = readFileSync(path, 'utf8');
      found.set(name, inside);
      visit(inside);
    }
  };
  visit(readFileSync(join(folder, page), 'utf8'));
  return [...found].map(([name, text]) => ({ name, text }));
}
