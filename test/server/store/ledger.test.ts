import { expect, it } from 'vitest';
import { WecomError, WecomUnreachable } from '../../../server/wecom/client/error.ts';
import { aShelf, dyingProgram } from '../../support/a-shelf.ts';
import { runTypescript } from '../../support/run-typescript.ts';

const AT = new Date('2026-03-11T09:00:00+08:00');
const right = { purpose: 'remind', key: 'anna', day: '2026-03-11' };
const ID = 'remind:anna:2026-03-11';

it('sends once, of many who try at once', async () => {
  const { ledger } = await aShelf();
  let sent = 0;
  const send = async () => `msg${(sent += 1)}`;
  const tried = await Promise.all(Array.from({ length: 10 }, () => ledger.once(right, AT, send)));
  expect([sent, tried.filter(Boolean).length]).toEqual([1, 1]);
  expect(await ledger.find(ID)).toMatchObject({ state: 'sent', msgid: 'msg1', reason: null, claimedAt: AT });
});

it('gives the others their rights when one of them was taken in the same moment', async () => {
  const { ledger, connection } = await aShelf();
  await connection.collection('ledger').createIndex({ purpose: 1 }, { unique: true }); // refuses as a race would
  const rights = [right, { ...right, key: 'ben' }, { ...right, purpose: 'digest' }];
  expect(await Promise.all(rights.map((each) => ledger.claim(each, AT)))).toEqual([
    ID,
    null,
    'digest:anna:2026-03-11',
  ]);
});

it('gives another day, person or purpose a right of its own', async () => {
  const { ledger } = await aShelf();
  const rights = [
    right,
    { ...right, day: '2026-03-12' },
    { ...right, key: 'ben' },
    { ...right, purpose: 'digest' },
  ];
  expect(await Promise.all(rights.map((each) => ledger.once(each, AT, async () => undefined)))).toEqual(
    Array(4).fill(true),
  );
});

it.each([
  [new WecomError(81013, 'invalid', '/x'), 'failed', 1],
  [new WecomUnreachable('/x', 'ECONNREFUSED', true), 'failed', 1],
  [new WecomUnreachable('/x', 'timeout', false), 'lost', 0],
  [new TypeError('our own fault'), 'lost', 0],
])('after %s the right is %s, so that %i more may try', async (fault, state, claims) => {
  const { ledger } = await aShelf();
  const refuse = async () => Promise.reject(fault);
  await expect(ledger.once(right, AT, refuse)).rejects.toBe(fault);
  expect(await ledger.find(ID)).toMatchObject({ state, reason: expect.stringContaining(fault.message) });
  const again = await Promise.all([1, 2, 3].map(() => ledger.claim(right, AT)));
  expect(again.filter(Boolean)).toHaveLength(claims);
});

it('sends nothing again that a killed process may have sent', async () => {
  const { ledger, uri } = await aShelf();
  const work = `await stores.ledger.once(${JSON.stringify(right)}, new Date(), () => process.kill(process.pid, 'SIGKILL'));`;
  await expect(runTypescript(dyingProgram(uri, work))).rejects.toMatchObject({ signal: 'SIGKILL' });
  expect(await ledger.find(ID)).toMatchObject({ state: 'claimed' });
  expect(await ledger.once(right, AT, async () => undefined)).toBe(false);
});

it('lists the entries of a purpose in a state, the oldest first', async () => {
  const { ledger } = await aShelf();
  const later = new Date(AT.getTime() + 1000);
  await ledger.claim({ ...right, key: 'b' }, later);
  await ledger.claim({ ...right, key: 'a' }, AT);
  await ledger.claim({ ...right, key: 'old' }, new Date(0));
  await ledger.settle('remind:b:2026-03-11', 'sent', { msgid: 'm' });
  expect((await ledger.list('remind', 'claimed', AT)).map(({ _id }) => _id)).toEqual(['remind:a:2026-03-11']);
  expect(await ledger.list('remind', 'sent', AT)).toMatchObject([{ msgid: 'm' }]);
  expect(await ledger.list('nps', 'claimed', AT)).toEqual([]);
});
