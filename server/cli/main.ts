import { parseArgs } from 'node:util';
import type { Context } from '../context.ts';
import { preferSmallHeap } from '../infra/heap-size.ts';
import { openContext } from '../boot/open-context.ts';
import { openPlatform } from '../boot/open-platform.ts';
import { readEnvironment } from '../boot/read-environment.ts';
import { RefusedFile } from '../tables/refused-file.ts';
import { auditCommand } from './audit.ts';
import { backupCommand, restoreCommand } from './backup.ts';
import { UsageError, type Command } from './command.ts';
import { databaseCommand } from './database.ts';
import { doctorCommand } from './doctor.ts';
import { eventsCommand } from './events.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { jobCommand } from './job.ts';
import { npsCommand } from './nps.ts';
import { replayCommand } from './replay.ts';
import { seedCommand } from './seed.ts';
import { syncCommand } from './sync.ts';
import { transfersCommand } from './transfers.ts';
import { webhooksCommand } from './webhooks.ts';

const COMMANDS: readonly Command[] = [
  syncCommand,
  jobCommand,
  npsCommand,
  eventsCommand,
  replayCommand,
  importCommand,
  exportCommand,
  seedCommand,
  databaseCommand,
  backupCommand,
  restoreCommand,
  doctorCommand,
  transfersCommand,
  auditCommand,
  webhooksCommand,
];

const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** Everything that a command opened, to be closed whatever happens. */
const closers: (() => Promise<void>)[] = [];

/** Opens a context beside a running server, or alone; logs stay out of the way of the answer. */
async function open(at?: Date): Promise<Context> {
  const config = { ...readEnvironment(), LOG_LEVEL: 'silent' as const };
  const publicUrl = config.PUBLIC_URL ?? `http://localhost:${config.PORT}`;
  const clock = at ? { now: () => at } : {};
  const { platform, sandbox, now } = await openPlatform(config, {
    publicUrl,
    mode: 'join-or-own',
    ...clock,
  });
  closers.push(async () => sandbox?.close());
  const opened = await openContext(config, {
    platform,
    publicUrl: sandbox?.site.publicUrl ?? publicUrl,
    database: 'join-or-own',
    now,
    ...clock,
  });
  closers.unshift(opened.close);
  return opened.context;
}

async function run(argv: string[]): Promise<number> {
  preferSmallHeap();
  const command = COMMANDS.find(({ name }) => name === argv[0]);
  if (!command) return print(overview(), isHelp(argv[0]) ? EXIT.done : EXIT.usage);
  try {
    return await runCommand(command, argv.slice(1));
  } catch (error) {
    if (error instanceof RefusedFile) return complain(error.message, EXIT.usage);
    if (error instanceof UsageError) return complain(`${error.message}\n\n${manual(command)}`, EXIT.usage);
    return complain(error instanceof Error ? error.message : String(error), EXIT.failed);
  } finally {
    for (const close of closers.splice(0)) await close();
  }
}

const isHelp = (word: string | undefined) => !word || ['help', '--help', '-h'].includes(word);

async function runCommand(command: Command, args: string[]): Promise<number> {
  const { values, positionals } = parse(command, args);
  if (values['help']) return print(manual(command), EXIT.done);
  const { ok, data, text } = await command.run(open, { words: positionals, options: values });
  return print(values['json'] ? JSON.stringify(data, null, 2) : text, ok ? EXIT.done : EXIT.failed);
}

function parse(command: Command, args: string[]) {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { type, isList = false }]) => [
      name,
      { type, multiple: isList },
    ]),
  );
  try {
    const common = { help: { type: 'boolean' }, json: { type: 'boolean' } } as const;
    const parsed = parseArgs({
      args,
      options: { ...options, ...common },
      allowPositionals: true,
      strict: true,
    });
    const given = Object.entries(parsed.values).map(([name, value]) => [name, plainOption(value)] as const);
    return { ...parsed, values: Object.fromEntries(given) };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

const plainOption = (value: string | boolean | (string | boolean)[] | undefined) =>
  Array.isArray(value) ? value.join('\n') : value;

function print(text: string, code: number): number {
  if (text) process.stdout.write(`${text}\n`);
  return code;
}

function complain(text: string, code: number): number {
  process.stderr.write(`${text}\n`);
  return code;
}

const overview = () =>
  `Genjin 跟进\n\n${COMMANDS.map(({ usage, summary }) => `  ${usage}\n      ${summary}`).join('\n')}\n\nEvery command has --help and --json.`;

const manual = ({ usage, summary, options }: Command) =>
  [
    `npm run cli -- ${usage}`,
    summary,
    ...Object.entries(options).map(([name, { about }]) => `  --${name}  ${about}`),
  ].join('\n');

process.exitCode = await run(process.argv.slice(2));
