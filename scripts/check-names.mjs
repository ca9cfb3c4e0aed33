/**
 * Keeps retired words out of file names and exported identifiers: each has a term of the field that a stranger would search for
 * (docs/glossary.md). Ends with 1 and names what is left.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** A word, as it stands in names of files (`accept-heir`) and identifiers (`acceptHeir`), and what it is called now. */
const RETIRED = {
  beside: 'merge join',
  watched: 'warning facts',
  wish: 'spec, request, change or query',
  'first sight': 'new account',
  heir: 'successor',
  survivor: 'merged into',
  letter: 'callback',
  'have twin': 'may be redelivery',
  told: 'error traits, or what is told',
  hear: 'probe request',
  heard: 'probe response',
  keeper: 'credential cache',
  lanes: 'semaphore',
  'grey card': 'disable buttons',
  absentees: 'unlisted relations',
  'lose missing': 'mark lost',
  'tell due': 'notify due',
  'tell warnings': 'notify warnings',
  'tell task': 'notify task',
  'follow up note': 'follow up input',
  'after facts': 'reclassify and tag',
  'after move': 'reclassify and tag',
  steady: 'fallback cache',
  'create pause': 'coalescer',
  'find standing': 'resolve merged',
  further: 'its subject',
  'grow heap': 'prefer throughput',
  diagnose: 'doctor',
  checkup: 'doctor',
  'create recall': 'ttl cache',
  'open talk': 'load talk',
  'open contact': 'load contact',
};

const FOLDERS = ['server', 'jobs', 'sidebar', 'packages', 'test', 'scripts'];
const files = spawnSync('git', ['ls-files', ...FOLDERS], { encoding: 'utf8' })
  .stdout.split('\n')
  .filter(Boolean);
const wordsOf = (name) =>
  ` ${name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[^A-Za-z0-9]+/g, ' ')
    .toLowerCase()} `;
const exportsOf = (file) =>
  /\.(ts|mjs)$/.test(file)
    ? [
        ...readFileSync(file, 'utf8').matchAll(/^export (?:async )?(?:function\*?|const|type|class) (\w+)/gm),
      ].map(([, name]) => name)
    : [];

const left = files.flatMap((file) =>
  [basename(file).replace(/\.\w+$/, ''), ...exportsOf(file)].flatMap((name) =>
    Object.entries(RETIRED).flatMap(([word, now]) =>
      wordsOf(name).includes(` ${word} `) || wordsOf(name).includes(` ${word}s `)
        ? [`${file}: ${name} (${word} → ${now})`]
        : [],
    ),
  ),
);
for (const line of left) process.stderr.write(`${line}\n`);
process.exit(left.length > 0 ? 1 : 0);
