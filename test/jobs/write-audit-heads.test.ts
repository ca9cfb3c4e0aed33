import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeAuditHeadsJob } from '../../jobs/write-audit-heads.ts';
import { auditCommand } from '../../server/cli/audit.ts';
import { UsageError } from '../../server/cli/command.ts';
import { aSyncedWorld } from '../support/a-world.ts';

it('writes the ends of the audit log into a file of each day, which the command finds tampering by', async () => {
  const world = await aSyncedWorld();
  const { audit, now } = world.context;
  const command = (options: Record<string, string | boolean>) =>
    auditCommand.run(async () => world.context, { words: [], options });
  const change = { by: 'olga', at: now(), act: 'account.merge', subject: '', from: null, to: null };
  await audit.note([change]);
  expect(await world.run(writeAuditHeadsJob)).toMatchObject({ chains: expect.any(Number) });
  const folder = join(world.dataDir, 'audit-heads');
  const [file = ''] = readdirSync(folder);
  expect(file).toMatch(/^\d{4}-\d\d-\d\d\.json$/);
  expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  const against = join(folder, file);
  expect(await command({ verify: true, against })).toMatchObject({ ok: true });

  await audit.note([change]);
  const printed = join(world.dataDir, 'heads.txt');
  writeFileSync(printed, (await command({ heads: true })).text);
  expect(await command({ verify: true, against: printed })).toMatchObject({ ok: true });
  const { heads } = JSON.parse(readFileSync(against, 'utf8'));
  writeFileSync(
    against,
    JSON.stringify({ heads: [...heads, { writer: 'ffffffffffff', seq: 1, hash: 'x' }] }),
  );
  const broken = await command({ verify: true, against });
  expect(broken).toMatchObject({ ok: false, text: expect.stringContaining('整条链不见了') });

  await expect(command({ verify: true, against: join(folder, 'nothing') })).rejects.toThrow(/读不到文件/);
  writeFileSync(against, 'nonsense');
  await expect(command({ verify: true, against })).rejects.toThrow(/没有链尾/);
  await expect(command({ against })).rejects.toThrow(UsageError);
});
