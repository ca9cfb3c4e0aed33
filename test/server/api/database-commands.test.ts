import { connections } from 'mongoose';
import { expect, it, onTestFinished } from 'vitest';
import { syncContactsJob } from '../../../jobs/sync-contacts.ts';
import { aDatabase } from '../../support/a-database.ts';
import { aTeamCorp, type Following } from '../../support/a-team-corp.ts';
import { aMember } from '../../support/a-visitor.ts';
import { aWorld } from '../../support/a-world.ts';

// Of what a page waits for, round trips to the database cost most; a clock would tell more of the machine than of them.

/** A synchronised world with sixty due accounts, in which `askedBy` tells what a request asks of the database. */
async function aWatchedWorld() {
  const database = aDatabase();
  onTestFinished(() => database.drop());
  const uri = new URL(database.uri);
  uri.searchParams.set('monitorCommands', 'true');
  const crowd = Array.from({ length: 60 }, (_, n): Following => ['anna', `wm${n}`, `公司${n}`]);
  const world = await aWorld({
    corp: aTeamCorp(crowd),
    settings: { MONGODB_URI: uri.href },
  });
  await world.run(syncContactsJob);
  const asked: string[] = [];
  connections
    .at(-1)
    ?.getClient()
    .on('commandStarted', ({ commandName, command }) => {
      asked.push(`${commandName} ${String(command[commandName])}`);
    });
  const anna = await aMember(world.origin, 'anna');
  return async (path: string): Promise<string[]> => {
    await world.context.audit.drain();
    asked.length = 0;
    const answer = await anna.go(path);
    await answer.arrayBuffer();
    expect(answer.status).toBe(200);
    return asked.filter((each) => each !== 'insert audit'); // readings are noted together, and nobody waits for it
  };
}

/** Session, member and settings, which are remembered for a second or two. */
const KNOWN_SOON = ['find sessions', 'find settings', 'find staff'];

it('asks two questions for a profile, and who asks and by which settings when that is not known already', async () => {
  const askedBy = await aWatchedWorld();
  const asked = await askedBy('/api/v1/contacts/wm1/profile');
  expect(asked.filter((each) => !KNOWN_SOON.includes(each))).toEqual([
    'aggregate contacts',
    'aggregate contacts',
  ]);
  expect(asked.length).toBeLessThanOrEqual(5);
});

it('asks three questions for a due list of any length, and who is away when that is not known already', async () => {
  const askedBy = await aWatchedWorld();
  for (const limit of [20, 50]) {
    const asked = await askedBy(`/api/v1/due?limit=${limit}`);
    const others = asked.filter((each) => ![...KNOWN_SOON, 'find absences'].includes(each));
    expect(others).toEqual(['aggregate accounts', 'find contacts', 'find relations']);
    expect(asked.length).toBeLessThanOrEqual(7);
  }
});
