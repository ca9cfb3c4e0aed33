import { expect, it } from 'vitest';
import {
  eventOf,
  hookBody,
  HOOK_EVENTS,
  nextHookTryAt,
  shownAddress,
  shownEntry,
  warningNews,
} from '../../../../server/domain/system/webhook.ts';

it.each([
  ['https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6', 'https://qyapi.weixin.qq.com/…'],
  ['https://hooks.slack.example/services/T0/B0/Xabc', 'https://hooks.slack.example/…'],
  ['https://user:secret@erp.example:8443/in#secret', 'https://erp.example:8443/…'],
  ['https://erp.example?token=secret', 'https://erp.example/…'],
  ['https://erp.example/', 'https://erp.example'],
  ['HTTP://erp.example', 'HTTP://erp.example'],
  ['secret', '…'],
  ['', '…'],
])('shows of %s only %s', (url, shown) => {
  expect(shownAddress(url)).toBe(shown);
});

it('shows older records of webhooks without their secrets, and all others as they are', () => {
  const url = 'https://erp.example/secret';
  const made = { act: 'webhook.create', from: null, to: { url, events: [] } };
  expect(shownEntry(made)).toEqual({ ...made, to: { url: 'https://erp.example/…', events: [] } });
  expect(shownEntry({ act: 'webhook.delete', from: { url }, to: null }).from).toEqual({
    url: 'https://erp.example/…',
  });
  const other = { act: 'export', from: null, to: { url } };
  expect(shownEntry(other)).toBe(other);
});

const NOW = new Date('2026-03-11T02:00:00Z');

it.each([
  ['tier', 'account.tier_changed'],
  ['stage', 'account.stage_changed'],
  ['value_class', 'account.value_class_changed'],
  ['owner', 'account.owner_changed'],
  ['account', 'account.changed'],
  ['anything new', 'account.changed'],
])('calls a change of %s %s', (kind, event) => {
  const change = { _id: 'c1', accountId: 'a1', from: '', to: '', why: null, by: 'job', at: NOW };
  expect(eventOf({ ...change, kind })).toBe(event);
});

it.each([
  [1, 10],
  [2, 60],
  [3, 300],
  [8, 86_400],
  [9, 86_400],
])('tries again after failed try %i in %i seconds', (tries, seconds) => {
  expect(nextHookTryAt(tries, NOW)).toEqual(new Date(NOW.getTime() + seconds * 1000));
});

it('gives up after the tenth try, about three days after the first', () => {
  expect(nextHookTryAt(10, NOW)).toBeNull();
  const pauses = Array.from({ length: 9 }, (_, at) => nextHookTryAt(at + 1, NOW)?.getTime() ?? 0);
  const days = pauses.reduce((sum, at) => sum + (at - NOW.getTime()), 0) / 86_400_000;
  expect(Math.round(days)).toBe(3);
});

it('tells what changed, of whom, and the number that the other side knows', () => {
  const change = { _id: 'c1', kind: 'tier', accountId: 'a1', from: 'tail', to: 'head', by: 'job', at: NOW };
  const body = hookBody({ ...change, why: { rank: 1 } }, { name: '甲', externalId: 'K1' });
  expect(JSON.parse(body)).toEqual({
    id: 'c1',
    event: 'account.tier_changed',
    at: '2026-03-11T02:00:00.000Z',
    account: { id: 'a1', externalId: 'K1', name: '甲' },
    from: 'tail',
    to: 'head',
    why: { rank: 1 },
    by: 'job',
  });
  const gone = hookBody({ ...change, why: null }, null);
  expect(JSON.parse(gone)).toMatchObject({ account: { id: 'a1', externalId: null, name: null } });
});

it('tells of an announcement what it is about by ids alone', () => {
  const news = warningNews('raised', { id: 'w1', accountId: 'a1', contactId: 'wm1' }, NOW);
  expect(eventOf({ ...news, _id: 'n1' })).toBe('warning.raised');
  expect(JSON.parse(hookBody({ ...news, _id: 'n1' }, { name: '甲' }))).toEqual({
    id: 'n1',
    event: 'warning.raised',
    at: '2026-03-11T02:00:00.000Z',
    account: { id: 'a1', externalId: null, name: '甲' },
    subject: { type: 'warning', id: 'w1' },
    contactId: 'wm1',
    by: 'watch-accounts',
  });
});

it('names every event once, each as its subject and what became of it', () => {
  expect(new Set(HOOK_EVENTS).size).toBe(HOOK_EVENTS.length);
  expect(HOOK_EVENTS.filter((event) => !/^[a-z]+\.[a-z_]+$/.test(event))).toEqual([]);
});
