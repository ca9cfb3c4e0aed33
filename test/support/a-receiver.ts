import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** One message that came in. */
export type Received = { body: string; event: string; id: string; signature: string };

const headerOf = ({ headers }: IncomingMessage, name: string) => String(headers[`x-genjin-${name}`] ?? '');

/**
 * Somebody's server that webhooks go to. It answers with the status that `answers` holds at that time; 0: not at all.
 */
export async function aReceiver() {
  const received: Received[] = [];
  const answers = { status: 200, location: '' };
  const server = createServer(async (request, response) => {
    received.push({
      body: await text(request),
      event: headerOf(request, 'event'),
      id: headerOf(request, 'delivery'),
      signature: headerOf(request, 'signature'),
    });
    if (answers.status === 0) return;
    response.writeHead(answers.status, answers.location ? { location: answers.location } : {}).end('thanks');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook`, received, answers };
}
