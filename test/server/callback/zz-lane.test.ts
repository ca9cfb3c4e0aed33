import { it } from 'vitest';
import { startPump } from '../../../server/callback/pump.ts';
import { contactXml, deliver } from '../../support/a-letter.ts';
import { aCustomer, aTeamCorp, type Following } from '../../support/a-team-corp.ts';
import { aWorld } from '../../support/a-world.ts';
it('measure', async () => {
  const N = 1000;
  const world = await aWorld({ corp: aTeamCorp(Array.from({ length: N }, (_, n): Following => ['anna', `wm${n}`, `c${n}`])), settings: { WELCOME_TEXT: 'hi' } });
  world.context.wecom.contacts.get = () => new Promise(() => undefined);
  const began = new Map<string, number>(); const took: number[] = [];
  const { welcome } = world.context.wecom.messages;
  world.context.wecom.messages.welcome = async (code, text) => { took.push(performance.now() - (began.get(code) ?? 0)); return welcome(code, text); };
  const posts: Promise<unknown>[] = [];
  const t0 = performance.now();
  const letters = Array.from({ length: N }, (_, n) => contactXml('add_external_contact', { at: '2026-03-11T10:00:00+08:00', UserID: 'anna', ExternalUserID: `wm${n}`, WelcomeCode: `code${n}` }));
  for (let n = 0; n < N; n += 1) {
    while (performance.now() - t0 < n * 10) await new Promise((r) => setTimeout(r, 2));
    began.set(`code${n}`, performance.now());
    posts.push(deliver(world.origin, letters[n] ?? ''));
  }
  await Promise.all(posts);
  const sent = performance.now() - t0;
  while (took.length < N && performance.now() - t0 < 60_000) await new Promise((r) => setTimeout(r, 50));
  took.sort((a, b) => a - b);
  console.log('posted in', sent, 'welcomes', took.length, 'p50', took[N / 2], 'p99', took[Math.floor(N * 0.99)], 'max', took.at(-1), 'done', await world.context.inbox.count('done'));
}, 120_000);
