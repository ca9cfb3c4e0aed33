import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { exportRows } from '../../../../server/flows/exports/export-rows.ts';
import { aNote } from '../../../support/a-note.ts';
import { aTeamCorp } from '../../../support/a-team-corp.ts';
import { aMember } from '../../../support/a-visitor.ts';
import { aSyncedWorld, type LivingWorld } from '../../../support/a-world.ts';
import { anAskedWorld, aRecognised } from '../../../support/nps-world.ts';

/** The rows of a file by their header, without the tab that keeps a spreadsheet from guessing. */
async function rowsOf({ context }: LivingWorld, kind: string): Promise<Record<string, string>[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of exportRows(context, { kind, format: 'csv', by: 'olga' }, () => undefined))
    chunks.push(Buffer.from(chunk));
  return parse(Buffer.concat(chunks), { columns: true, bom: true, onRecord: withoutTabs });
}
const withoutTabs = (row: Record<string, string>) =>
  Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell.trim()]));
const accountOf = async ({ context }: LivingWorld) => (await context.accounts.findByKey('甲'))?._id ?? '';

it('tells what came of a follow-up, and what was promised and asked in it', async () => {
  const world = await aSyncedWorld({ corp: aTeamCorp([['anna', 'wm1', '甲']]) });
  const anna = await aMember(world.origin, 'anna');
  const log = async (note: object) =>
    expect((await anna.send('/api/v1/contacts/wm1/follow-ups', note)).status).toBe(200);
  const promised = [{ text: '送样品', day: '2026-03-13' }];
  await log(aNote({ outcome: 'scheduled', promised, questions: ['账期？'] }));
  const [promise] = await world.context.promises.openOf(await accountOf(world));
  const standing = [{ id: promise?._id ?? '', act: 'moved' as const, day: '2026-03-16' }];
  await log(aNote({ outcome: 'no_answer', standing }));

  const followUps = await rowsOf(world, 'follow-ups');
  const idOf = (outcome: string) => followUps.find((row) => row['结果'] === outcome)?.['编号'];
  expect(followUps).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ 结果: 'scheduled', 触达: '是' }),
      expect.objectContaining({ 结果: 'no_answer', 触达: '否' }),
    ]),
  );
  const promises = (await rowsOf(world, 'promises')).toSorted((a, b) =>
    (a['日期'] ?? '').localeCompare(b['日期'] ?? ''),
  );
  expect(promises).toMatchObject([
    {
      客户: '甲',
      约定: '送样品',
      日期: '2026-03-13',
      状态: 'moved',
      跟进编号: idOf('scheduled'),
      结束于跟进: idOf('no_answer'),
    },
    { 客户: '甲', 约定: '送样品', 日期: '2026-03-16', 状态: 'open', 约定人: 'anna', 结束时间: '' },
  ]);
  expect(promises[0]?.['改期为']).toBe(promises[1]?.['编号']);
  expect(await rowsOf(world, 'questions')).toMatchObject([{ 问题: '账期？', 答复人: '', 答复时间: '' }]);
});

it('tells what a customer answered, what was done about it, and the task that came of it', async () => {
  const { world, campaign, path } = await anAskedWorld();
  const customer = await aRecognised(world, campaign);
  await customer.send(path, { score: 3, comment: '交货晚了', wantsContact: true });
  const anna = await aMember(world.origin, 'anna');
  const answerId = `${campaign._id}:wm1`;
  const loop = `/api/v1/accounts/${await accountOf(world)}/detractors/${encodeURIComponent(answerId)}`;
  const closed = await anna.send(`${loop}/close`, { cause: '排产', action: '加急' });
  expect(closed.status).toBe(200);
  expect(await rowsOf(world, 'answers')).toMatchObject([
    {
      编号: answerId,
      客户: '甲',
      评分: '3',
      评语: '交货晚了',
      答完: '是',
      闭环人: 'anna',
      原因: '排产',
      措施: '加急',
    },
  ]);
  expect(await rowsOf(world, 'tasks')).toMatchObject([
    {
      种类: 'contact_me',
      客户: '甲',
      执行人: 'anna',
      到期: '2026-03-12',
      起因: `answer:${answerId}`,
      事由: expect.stringContaining('交货晚了'),
    },
  ]);
});
