import autocannon from 'autocannon';
import { KEYS, sealCallbacks, type SealedCallback } from './sealed-callbacks.ts';
import { startServer } from './start-server.ts';

const SECONDS = 6;
const CONNECTIONS = 256;
const ROUNDS = 3;

/** Answered callbacks per second: each one on disk before its answer, against a route that only verifies and decrypts. */
export async function benchCallbacks(print: (line: string) => void): Promise<void> {
  const settings = {
    WECOM_CORP_ID: KEYS.receiveId,
    WECOM_AGENT_ID: '1',
    WECOM_AGENT_SECRET: 'bench',
    WECOM_CALLBACK_TOKEN: KEYS.token,
    WECOM_CALLBACK_AES_KEY: KEYS.aesKey,
    WECOM_API_URL: 'http://127.0.0.1:9',
    JOBS: 'off',
  };
  const durable = await startServer(['dist/server/main.js'], { ...settings, LOG_LEVEL: 'info' });
  const bare = await startServer(['--import', 'tsx', 'test/bench/bare-callback-server.ts'], settings);
  const rates = { durable: [] as number[], bare: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.bare.push(await rateOf(bare.origin));
    rates.durable.push(await rateOf(durable.origin));
  }
  await Promise.all([durable.stop(), bare.stop()]);
  const [kept, base] = [median(rates.durable), median(rates.bare)];
  print(
    `durable-callbacks ${Math.round(kept)} per second (baseline ${Math.round(base)} verify-and-decrypt only, ${CONNECTIONS} connections, ratio ${(kept / base).toFixed(2)})`,
  );
}

async function rateOf(origin: string): Promise<number> {
  const letters = sealCallbacks(SECONDS * 8000, KEYS);
  const next = (): SealedCallback => letters.pop() ?? sealCallbacks(1, KEYS)[0] ?? { path: '/', body: '' };
  const run = autocannon({
    url: origin,
    connections: CONNECTIONS,
    duration: SECONDS,
    requests: [{ method: 'POST', setupRequest: (request) => ({ ...request, ...next() }) }],
  });
  const result = await run;
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refusals and ${result.errors} errors under load`);
  return result.requests.average;
}

const median = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
