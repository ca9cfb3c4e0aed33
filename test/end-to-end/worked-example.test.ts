import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { importCommand } from '../../server/cli/import.ts';
import { aTeamCorp } from '../support/a-team-corp.ts';
import { aSyncedWorld, type LivingWorld } from '../support/a-world.ts';
import { tagNames } from '../support/tag-names.ts';

const DIR = 'docs/worked-example';
const UNRATED = '未分层';
const TIER_NAMES = { head: '头部', waist: '腰部', tail: '尾部', unrated: UNRATED } as const;

/** One row of the table that was reckoned by hand; tier and stage by the names of their tags. */
type Row = { number: string; name: string; yuan: number; rank: number | null; tier: string; stage: string };

const word = (cell: string) => cell.split(' ').at(-1) ?? '';

/** The rows of the table in a document, the English words before the Chinese ones left out. */
function rowsOf(document: string): Row[] {
  const lines = readFileSync(`${DIR}/${document}`, 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [number = '', name = '', yuan = '', rank, tier = '', stage = ''] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    if (!/^L\d\d$/.test(number)) return [];
    const place = rank === '–' ? null : Number(rank);
    const revenue = Number(yuan.replaceAll(',', ''));
    return [{ number, name, yuan: revenue, rank: place, tier: word(tier), stage: word(stage) }];
  });
}

const rows = rowsOf('README.md');
const contactOf = ({ number }: Row) => `wm${number}`;
const ownerOf = (_row: Row, index: number) => (index < 5 ? 'anna' : 'ben');

const take = ({ context }: LivingWorld, type: string) =>
  importCommand.run(async () => context, { words: [`${DIR}/${type}.csv`], options: { type } });

it('gives twenty accounts what was reckoned by hand, from the import to the tags in the sandbox', async () => {
  const followings = rows.map((row, index) => [ownerOf(row, index), contactOf(row), row.name] as const);
  const world = await aSyncedWorld({ corp: aTeamCorp(followings.map((each) => [...each])) });
  expect((await take(world, 'accounts')).ok).toBe(true);
  expect((await take(world, 'orders')).ok).toBe(true);
  const found = await Promise.all(rows.map((row, index) => readBack(world, row, index)));
  expect(found).toEqual(rows.map((row) => ({ ...row, tags: tagsFor(row) })));
});

/** What the account of a row is now, and the tags of its contact. */
async function readBack({ context, platform }: LivingWorld, row: Row, index: number) {
  const account = await context.accounts.findByExternalId(row.number);
  if (!account?.tierWhy) throw new Error(`${row.number} was not classified`);
  const { tier, tierWhy } = account;
  return {
    ...row,
    yuan: tierWhy.valueFen / 100,
    rank: tierWhy.rank,
    tier: TIER_NAMES[tier],
    tags: tagNames(platform, { userid: ownerOf(row, index), externalUserId: contactOf(row) }),
  };
}

const tagsFor = ({ tier, stage }: Row) => [
  ...(tier === UNRATED ? [] : [`客户分层/${tier}`]),
  `客户阶段/${stage}`,
];

it('says the same in both languages, of twenty accounts', () => {
  expect(rows).toHaveLength(20);
  expect(rowsOf('README.zh-CN.md')).toEqual(rows);
});
