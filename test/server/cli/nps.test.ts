import { expect, it } from 'vitest';
import { npsCommand } from '../../../server/cli/nps.ts';
import { aWorld } from '../../support/a-world.ts';

it.each([
  ['2026-12-01T23:30:00Z', '2026-12-16 07:30 结束'],
  ['2026-12-01T03:00:00Z', '2026-12-15 11:00 结束'],
])('says of a campaign begun at %s when it ends in the time of the corp: %s', async (now, words) => {
  const world = await aWorld();
  world.setNow(now);
  const options = { name: '四季度', audience: 'all' };
  const { text } = await npsCommand.run(async () => world.context, { words: ['start'], options });
  expect(text).toContain(words);
});
