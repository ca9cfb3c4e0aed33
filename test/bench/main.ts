import { benchCallbacks } from './callbacks.ts';
import { benchEmbeddedDb } from './embedded-db.ts';
import { setup } from '../support/global-setup.ts';
import { weighPages } from './page-weight.ts';
import { benchEvents } from './events.ts';
import { benchScale } from './scale.ts';
import { benchSync } from './sync.ts';
import { benchTagging } from './tagging.ts';
import { benchWelcomes } from './welcomes.ts';

/** Every benchmark, one line per figure: `name value unit (baseline …, ratio …)`. Names on the command line choose some. */
const SECTIONS: Record<string, (print: (line: string) => void) => Promise<void>> = {
  callbacks: benchCallbacks,
  welcomes: benchWelcomes,
  events: benchEvents,
  sync: benchSync,
  tagging: benchTagging,
  scale: benchScale,
  pages: weighPages,
  'embedded-db': benchEmbeddedDb,
};

const chosen = process.argv.slice(2);
process.env['GENJIN_BUILT'] = '1'; // by `npm run bench`
const closeDatabase = await setup();
for (const [name, run] of Object.entries(SECTIONS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  await run((line) => process.stdout.write(`${line}\n`));
}
await closeDatabase?.();
