import { openEmbeddedDb } from '@genjin/embedded-mongo';
import { dataDirOf } from '../boot/data-dir.ts';
import { preferThroughput } from '../infra/heap-size.ts';
import { DATABASE } from '../boot/open-database.ts';
import { readEnvironment } from '../boot/read-environment.ts';
import { endOnSignal } from '../boot/stop-process.ts';
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
    preferThroughput();
    const database = await openEmbeddedDb({
      dir: dataDirOf(readEnvironment()),
      mode: 'own',
      database: DATABASE,
    });
    process.stdout.write(`${database.uri}\n`);
    endOnSignal(database.close);
    throw await database.failed;
  },
};
