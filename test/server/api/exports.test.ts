import { expect, it } from 'vitest';
import { aMember } from '../../support/a-visitor.ts';
import { aTeamCorp } from '../../support/a-team-corp.ts';
import { aSyncedWorld } from '../../support/a-world.ts';

const aDesk = async () => {
  const corp = aTeamCorp([['anna', 'wm1', '甲']]);
  const world = await aSyncedWorld({ corp, settings: { ADMIN_USERIDS: 'olga' } });
  return { world, olga: await aMember(world.origin, 'olga') };
};

it('streams a file as the command writes it, and notes who took it', async () => {
  const { world, olga } = await aDesk();
  const answer = await olga.go('/api/v1/exports/accounts');
  expect([
    answer.status,
    answer.headers.get('content-type'),
    answer.headers.get('content-disposition'),
  ]).toEqual([200, 'text/csv; charset=utf-8', 'attachment; filename="accounts.csv"']);
  const bytes = Buffer.from(await answer.arrayBuffer()).toString('utf8');
  expect(bytes).toMatch(/^\uFEFF客户编号,客户名称,.*\r\n,甲,/);
  const [note] = await world.context.audit.list({ subject: 'accounts', limit: 1 });
  expect(note).toMatchObject({ by: 'olga', act: 'export' });
});

it('gives what is kept as lines of JSON to a key that may', async () => {
  const { world, olga } = await aDesk();
  const made = await (await olga.send('/api/v1/api-keys', { name: 'BI', scopes: ['export'] })).json();
  const { secret } = made as { secret: string };
  const answer = await fetch(`${world.origin}/api/v1/exports/relations?format=jsonl`, {
    headers: { authorization: `Bearer ${secret}` },
  });
  expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
  expect(JSON.parse(await answer.text())).toMatchObject({ staffId: 'anna', externalUserId: 'wm1' });
});

it('knows no other kind and no other format', async () => {
  const { olga } = await aDesk();
  const paths = ['exports/api-keys', 'exports/orders?format=xls'];
  const answers = await Promise.all(paths.map((path) => olga.go(`/api/v1/${path}`)));
  expect(answers.map(({ status }) => status)).toEqual([400, 400]);
  expect(answers[0]?.headers.get('content-type')).toContain('application/json');
});
