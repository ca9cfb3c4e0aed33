import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const PAGES = [
  { name: 'sidebar', html: 'sidebar/chat/index.html', budgetKb: 70 },
  { name: 'survey', html: 'sidebar/survey/index.html', budgetKb: 35 },
];

/** What each page loads first: its scripts and styles, gzipped, against its budget. */
export async function weighPages(print: (line: string) => void): Promise<void> {
  for (const { name, html, budgetKb } of PAGES) {
    const text = readFileSync(join('dist/pages', html), 'utf8');
    const files = [...text.matchAll(/(?:src|href)="\/static\/([^"]+\.(?:js|css))"/g)].map(
      (match) => match[1] ?? '',
    );
    const bytes = files.reduce(
      (sum, file) => sum + gzipSync(readFileSync(join('dist/pages', file))).length,
      0,
    );
    const kb = bytes / 1000;
    print(
      `first-load-${name} ${kb.toFixed(1)} kB gzip (baseline ${budgetKb} budget, ratio ${(kb / budgetKb).toFixed(2)})`,
    );
  }
}
