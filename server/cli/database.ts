import { dataDirOf } from '../data-dir.ts';
import { openEmbeddedDb } from '../embedded-db/open-embedded-db.ts';
import { growHeapReadily } from '../heap-growth.ts';
import { readEnvironment } from '../read-environment.ts';
import { endOnSignal } from '../stop-process.ts';
import { UsageError, type Command } from './command.ts';

/** `database` */
export const databaseCommand: Command = {
  name: 'database',
  usage: 'database',
  summary:
    'runs the embedded database alone until stopped and prints its URI, for several processes on one machine',
  options: {},
  async run(_open, { words }) {
    if (words.length > 0) throw new UsageError('database takes no words');
    growHeapReadily();
    const database = await openEmbeddedDb({ dir: dataDirOf(readEnvironment()), mode: 'own' });
    process.stdout.write(`${database.uri}\n`);
    endOnSignal(database.close);
    throw await database.failed;
  },
};
