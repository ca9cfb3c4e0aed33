import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';

/** How long in-flight requests may take after the signal to stop; the whole stop may take 10 s. */
const DRAIN_MS = 4000;

/** While draining, connections whose last request ended are looked for so often. */
const SWEEP_MS = 50;

/** A listening port whose handler may come later; requests that come earlier are told to come again. */
export type Listening = {
  port: number;
  handle: (listener: RequestListener) => void;
  /** No new requests; those in flight may take another 4 s. */
  close: () => Promise<void>;
};

/** The door cannot be opened where the settings say. */
export class ListenError extends Error {
  readonly code: string;

  constructor(host: string, port: number, cause: Error) {
    const code = 'code' in cause ? String(cause.code) : 'unknown';
    const why = code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be opened (${code})`;
    super(`port ${port} of ${host} ${why}; set PORT or HOST to something else, e.g. PORT=3001`, { cause });
    this.name = 'ListenError';
    this.code = code;
  }
}

/** Listens on `host`:`port` (0: any free one). @throws {ListenError} */
export async function listen(host: string, port: number): Promise<Listening> {
  let listener = notReady;
  const server = createServer((request, response) => listener(request, response));
  server.requestTimeout = 30_000;
  const silent = connectionsWithoutRequest(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new ListenError(host, port, cause)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: address && typeof address === 'object' ? address.port : port,
    handle: (next) => {
      listener = next;
    },
    close: () => drain(server, silent),
  };
}

const notReady: RequestListener = (_request, response) => {
  response.writeHead(503, { 'retry-after': '2', 'content-type': 'text/plain' }).end('starting');
};

/** Browsers open connections ahead of need, which Node counts as busy until the first request has come. */
function connectionsWithoutRequest(server: Server): ReadonlySet<Socket> {
  const silent = new Set<Socket>();
  server.on('connection', (socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }) => silent.delete(socket));
  return silent;
}

/** No new connections; idle ones are closed now, busy ones when they end or when the time is up. */
async function drain(server: Server, silent: ReadonlySet<Socket>): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  for (const socket of silent) socket.destroy();
  server.closeIdleConnections();
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearInterval(sweep);
  clearTimeout(timer);
}
