import { hostname } from 'node:os';
import type { Call, Command, CommandTable } from '../engine/engine.ts';
import { CommandError } from '../errors.ts';
import { MAX_DOCUMENT_BYTES } from '../values/bson.ts';
import type { Doc } from '../values/bson.ts';
import { MAX_MESSAGE_BYTES } from '../wire/framer.ts';

/** 7.0: the newest protocol whose commands the driver does not replace by `bulkWrite`. */
const WIRE_VERSION = 21;
const SERVER_VERSION = '7.0.0';

/** No `topologyVersion`: the driver then polls instead of waiting for a stream. */
function hello({ engine, connectionId }: Call): Doc {
  return {
    helloOk: true,
    isWritablePrimary: true,
    ismaster: true,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: 100_000,
    localTime: engine.now(),
    logicalSessionTimeoutMinutes: 30,
    connectionId,
    minWireVersion: 0,
    maxWireVersion: WIRE_VERSION,
    readOnly: false,
  };
}

const read = (run: Extract<Command, { isWrite: false }>['run'], known: readonly string[] = []): Command => ({
  isWrite: false,
  fields: { known },
  run,
});

/** Every release of a driver says something new in its greeting; like MongoDB, what is not understood is passed over. */
const greeting: Command = { isWrite: false, fields: 'any', run: hello };

function refuseTransaction(): never {
  throw new CommandError(20, 'Transaction numbers are only allowed on a replica set member or mongos');
}

const KNOWN_PARAMETERS: Doc = { featureCompatibilityVersion: { version: '7.0' } };

function getParameter({ request }: Call): Doc {
  const { getParameter: wanted, ...others } = request.body;
  if (wanted === '*') return KNOWN_PARAMETERS;
  const names = Object.keys(others).filter((name) => Object.hasOwn(KNOWN_PARAMETERS, name));
  if (names.length === 0) throw new CommandError(72, 'no option found to get');
  return Object.fromEntries(names.map((name) => [name, KNOWN_PARAMETERS[name]]));
}

function serverStatus({ engine, connectionId }: Call): Doc {
  const uptimeMillis = engine.now().getTime() - engine.startedAt.getTime();
  return {
    host: hostname(),
    version: SERVER_VERSION,
    process: 'embedded-mongo',
    pid: process.pid,
    uptime: Math.floor(uptimeMillis / 1000),
    uptimeMillis,
    localTime: engine.now(),
    connections: { totalCreated: connectionId },
    metrics: { cursor: { open: { total: engine.cursors.size } } },
    mem: { resident: Math.round(process.memoryUsage.rss() / 2 ** 20) },
    storageEngine: { name: 'lmdb', persistent: true },
  };
}

/** Commands about the server and the connection. */
export const handshakeCommands: CommandTable = {
  hello: greeting,
  isMaster: greeting,
  ismaster: greeting,
  ping: read(() => ({})),
  buildInfo: read(buildInfo),
  buildinfo: read(buildInfo),
  connectionStatus: read(
    () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } }),
    ['showPrivileges'],
  ),
  whatsmyuri: read(() => ({ you: 'unix socket' })),
  endSessions: read(() => ({})),
  getParameter: read(getParameter, ['featureCompatibilityVersion']),
  serverStatus: read(serverStatus, ['repl', 'metrics', 'locks']),
  commitTransaction: read(refuseTransaction, ['txnNumber', 'autocommit', 'recoveryToken']),
  abortTransaction: read(refuseTransaction, ['txnNumber', 'autocommit', 'recoveryToken']),
};

function buildInfo(): Doc {
  return {
    version: SERVER_VERSION,
    versionArray: [7, 0, 0, 0],
    gitVersion: 'embedded-mongo',
    modules: [],
    bits: 64,
    debug: false,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    storageEngines: ['lmdb'],
  };
}
