import type { Call, Command, CommandTable, Engine } from '../engine/engine.ts';
import { CommandError } from '../errors.ts';
import type { Handle } from '../wire/connection.ts';
import { adminCommands } from './admin.ts';
import { aggregate } from './aggregate.ts';
import { copyCommands } from './copy.ts';
import { distinctCommands } from './distinct.ts';
import { explain } from './explain.ts';
import { findAndModify } from './find-and-modify.ts';
import { handshakeCommands } from './handshake.ts';
import { indexCommands } from './indexes.ts';
import { checkFields } from './options.ts';
import { readCommands } from './read.ts';
import { writeCommands } from './write.ts';

const COMMANDS: CommandTable = {
  ...handshakeCommands,
  ...readCommands,
  ...writeCommands,
  ...adminCommands,
  ...indexCommands,
  ...copyCommands,
  ...distinctCommands,
  aggregate,
  explain,
  findAndModify,
  findandmodify: findAndModify,
};

/**
 * Answers requests with an engine's data. Writes are queued for the shared transaction; reads run at once.
 *
 * A failing command rejects (or throws) with the `CommandError` to answer.
 */
export function createDispatcher(engine: Engine): Handle {
  return (request, connectionId) => {
    const command = commandNamed(request.name);
    if (command.fields !== 'any') checkFields(request, command.fields);
    const call: Call = { engine, request, connectionId };
    if (command.isWrite === false) return command.run(call);
    if (command.isWrite === true) return engine.writes.submit(() => command.run(call));
    const isAlone = command.isWrite === 'alone in steps';
    return engine.writes.submitSteps(() => command.run(call), { isAlone });
  };
}

function commandNamed(name: string): Command {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new CommandError(59, `no such command: '${name}'`);
  return command;
}
