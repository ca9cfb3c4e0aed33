import { createServer, type RequestListener, type Server } from 'node:http';

/** How long in-flight requests may take after the signal to stop. */
const DRAIN_MS = 10_000;

/** A listening port whose handler may come later; requests that come earlier are told to come again. */
export type Listening = {
  port: number;
  handle: (listener: RequestListener) => void;
  close: () => Promise<void>;
};

/** Listens on `host`:`port` (0: any free one). @throws when the port is taken or not allowed */
export async function listen(host: string, port: number): Promise<Listening> {
  let listener = notReady;
  const server = createServer((request, response) => listener(request, response));
  server.requestTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: address && typeof address === 'object' ? address.port : port,
    handle: (next) => {
      listener = next;
    },
    close: () => drain(server),
  };
}

const notReady: RequestListener = (_request, response) => {
  response.writeHead(503, { 'retry-after': '2', 'content-type': 'text/plain' }).end('starting');
};

/** No new connections; idle ones are closed now, busy ones when they end or after ten seconds. */
async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(timer);
}
