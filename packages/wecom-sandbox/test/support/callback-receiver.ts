import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { XMLParser } from 'fast-xml-parser';
import { onTestFinished } from 'vitest';
import { sign, unseal } from '../../src/crypto.ts';
import { aSmallCorp } from './small-corp.ts';

type Letter = { url: URL; encrypted: string; xml: string; event: Record<string, unknown>; isSigned: boolean };

/** A callback URL that keeps what it gets, decrypted; `answers` are its HTTP statuses, the last one for ever. */
export async function aReceiver(
  answers: (number | 'hang')[] = [200],
  beforeAnswer: (letter: Letter) => Promise<void> = () => Promise.resolve(),
) {
  const { callbackToken: token, callbackAesKey: aesKey, corpId: receiveId } = aSmallCorp();
  const parser = new XMLParser({ parseTagValue: false });
  const letters: Letter[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://receiver');
    const encrypted: string = parser.parse(await text(request)).xml.Encrypt;
    const xml = unseal({ token, aesKey, receiveId }, encrypted);
    const [stamp, nonce] = [url.searchParams.get('timestamp') ?? '', url.searchParams.get('nonce') ?? ''];
    const isSigned = sign(token, stamp, nonce, encrypted) === url.searchParams.get('msg_signature');
    const letter = { url, encrypted, xml, event: parser.parse(xml).xml, isSigned };
    const status = answers[Math.min(letters.length, answers.length - 1)] ?? 200;
    letters.push(letter);
    await beforeAnswer(letter);
    if (status !== 'hang') response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    letters,
    changes: () => letters.map((letter) => letter.event['ChangeType']),
    callback: { url: `http://127.0.0.1:${port}/wecom/callback`, token, aesKey },
  };
}
