import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A way to a server that can be made to say nothing, as a machine that froze does; connections stay open. `to` may be a socket's path. */
export async function aHangingProxy(to: { host: string; port: number } | { path: string }) {
  const sockets = new Set<Socket>();
  const state = { hangs: false };
  const server = createServer((near) => {
    const far = connect(to);
    for (const [from, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      if (state.hangs) from.pause();
      from.on('data', (bytes: Buffer) => other.write(bytes));
      from.on('error', () => other.destroy());
      from.on('close', () => {
        sockets.delete(from);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const each = (act: (socket: Socket) => void) => sockets.forEach(act);
  return {
    port: (server.address() as AddressInfo).port,
    hang() {
      state.hangs = true;
      each((socket) => socket.pause());
    },
    resume() {
      state.hangs = false;
      each((socket) => socket.resume());
    },
  };
}
