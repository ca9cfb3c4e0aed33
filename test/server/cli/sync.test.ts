import { expect, it, onTestFinished, vi } from 'vitest';
import { syncCommand } from '../../../server/cli/sync.ts';
import { aTeamCorp, type Following } from '../../support/a-team-corp.ts';
import { aWorld, type LivingWorld } from '../../support/a-world.ts';
import { tagNames } from '../../support/tag-names.ts';

const thirty: Following[] = Array.from({ length: 30 }, (_, n) => ['anna', `wm${n}`, '公司']);
const sync = ({ context }: LivingWorld, options: Record<string, boolean> = {}) =>
  syncCommand.run(async () => context, { words: [], options });

/** What is written to the terminal's side channel, where somebody watches or not. */
function aTerminal(isTTY: boolean): string[] {
  const written: string[] = [];
  const before = process.stderr.isTTY;
  process.stderr.isTTY = isTTY;
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  onTestFinished(() => {
    write.mockRestore();
    process.stderr.isTTY = before;
  });
  return written;
}

it('reports what events had not told, as a table and as data', async () => {
  const world = await aWorld({ corp: aTeamCorp(thirty) });
  const { ok, data, text } = await sync(world);
  expect(ok).toBe(true);
  expect(data).toMatchObject({
    state: 'done',
    staff: 6,
    rows: 30,
    added: 30,
    perStaff: [{ staffId: 'anna', staffName: 'anna', rows: 30, added: 30, changed: 0, lost: 0 }],
  });
  expect(text).toContain('新增 30，变更 0，流失 0');
  expect(text).toMatch(/^anna +30 +30 +0 +0 +0$/m);
});

it('fails with a warning when too much is missing, until the losses are accepted', async () => {
  const world = await aWorld({ corp: aTeamCorp(thirty) });
  await sync(world);
  world.platform.state.corp.relations = world.platform.state.corp.relations.slice(25);
  const doubted = await sync(world);
  expect(doubted).toMatchObject({ ok: false, data: { state: 'stopped', suspicious: 25 } });
  expect(doubted.text).toContain('sync --accept-losses');
  expect(await sync(world, { 'accept-losses': true })).toMatchObject({ ok: true, data: { lost: 25 } });
});

it('with --full reads everything anew and writes missing tags', async () => {
  const world = await aWorld({ corp: aTeamCorp(thirty.slice(0, 1)) });
  expect(await sync(world, { full: true })).toMatchObject({ ok: true, data: { isFull: true } });
  expect(tagNames(world.platform, { userid: 'anna', externalUserId: 'wm0' })).toEqual(['客户阶段/猜想']);
});

it('says so when another process is at it', async () => {
  const world = await aWorld({ corp: aTeamCorp([]) });
  const held = await world.context.locks.hold('job:sync-contacts', () => sync(world));
  expect(held?.result).toMatchObject({ ok: false, data: { outcome: 'busy' } });
});

it('shows progress where somebody watches, and nothing else', async () => {
  const world = await aWorld({ corp: aTeamCorp(thirty) });
  const watched = aTerminal(true);
  await sync(world);
  expect(watched.join('')).toContain('成员 6/6，跟进关系 30');
  expect(watched.at(-1)).toBe('\r\u001b[K');
  const unwatched = aTerminal(false);
  await sync(world);
  expect(unwatched).toEqual([]);
});
