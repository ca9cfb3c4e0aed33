import { describe, expect, it } from 'vitest';
import type { DoctorSettings } from '../../../../server/context.ts';
import { checkAppEnabled } from '../../../../server/flows/doctor/check-app-enabled.ts';
import { checkContactSecret } from '../../../../server/flows/doctor/check-contact-secret.ts';
import { checkMembers } from '../../../../server/flows/doctor/check-members.ts';
import { checkTicket } from '../../../../server/flows/doctor/check-ticket.ts';
import { checkVisibleRange } from '../../../../server/flows/doctor/check-visible-range.ts';
import { page, played } from '../../../support/a-played-doctor.ts';
import type { Reply } from '../../../support/scripted-server.ts';
import { ok, refused } from '../../../support/wecom-parts.ts';

describe('the app', () => {
  it.each([
    [{ get_follow_user_list: ok(), 'agent/get': ok({ close: 0 }) }, 'ok', null],
    [{ get_follow_user_list: ok() }, 'ok', null],
    [{ get_follow_user_list: ok(), 'agent/get': refused(40066) }, 'ok', null],
    [{ get_follow_user_list: ok(), 'agent/get': ok({ close: 1 }) }, 'fail', '50003'],
    [{ get_follow_user_list: ok(), 'agent/get': refused(301002) }, 'fail', '301002'],
    [{ get_follow_user_list: ok(), 'agent/get': refused(40056) }, 'fail', '40056'],
    [{ get_follow_user_list: refused(50003) }, 'fail', '50003'],
  ] as [Record<string, Reply>, string, string | null][])('%j: %s %s', async (replies, ...[status, code]) => {
    expect(await checkAppEnabled(await played(replies))).toMatchObject({ status, code });
  });
});

const people = (...ids: string[]) => ok({ follow_user: ids });
const departments = (...ids: number[]) => ok({ department: ids.map((id) => ({ id, parentid: id - 1 })) });

describe('the visible range', () => {
  it.each([
    [people('a'), departments(1), 'ok', null],
    [people('a'), page(404, ''), 'ok', null],
    [people('a'), departments(), 'warn', 'no_departments'],
    [people(), departments(1), 'fail', 'no_followers'],
    [people(), departments(), 'fail', 'empty_range'],
    [refused(48002), departments(), 'fail', 'empty_range'],
    [refused(48002), departments(1), 'ok', null],
    [refused(60011), departments(1), 'fail', '60011'],
    [people('a'), refused(60011), 'fail', '60011'],
  ] as [Reply, Reply, string, string | null][])(
    '%j, %j: %s %s',
    async (...[followers, list, status, code]) => {
      const parts = await played({ get_follow_user_list: followers, 'department/list': list });
      expect(await checkVisibleRange(parts)).toMatchObject({ status, code });
    },
  );
});

const asleep = (...ids: string[]) => ok({ userlist: ids.map((userid) => ({ userid, status: 4 })) });

describe('members', () => {
  it('who follow customers but never signed in are named, whatever the case of their ids', async () => {
    const parts = await played({
      get_follow_user_list: people('Anna', 'ben'),
      'department/list': ok({
        department: [
          { id: 1, parentid: 0 },
          { id: 2, parentid: 1 },
        ],
      }),
      'user/list': ok({
        userlist: [
          { userid: 'anna', status: 4 },
          { userid: 'ben', status: 1 },
        ],
      }),
    });
    expect(await checkMembers(parts)).toMatchObject({
      status: 'warn',
      code: 'not_activated',
      subject: 'anna',
    });
  });

  it('who follow nobody may sleep, and five names are enough', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const world = (list: Reply) =>
      played({ get_follow_user_list: people(...ids), 'department/list': departments(1), 'user/list': list });
    expect(await checkMembers(await world(asleep('z')))).toMatchObject({ status: 'ok' });
    expect((await checkMembers(await world(asleep(...ids)))).subject).toBe('a、b、c、d、e 等 6 人');
    expect((await checkMembers(await world(asleep(...ids.slice(1))))).subject).toBe('b、c、d、e、f');
  });

  it('are left alone where the platform does not list them', async () => {
    const parts = await played({ get_follow_user_list: people('a'), 'department/list': departments(1) });
    expect(await checkMembers(parts)).toMatchObject({ status: 'skip' });
    expect(await checkMembers(await played({}))).toMatchObject({ status: 'skip' });
  });
});

describe('the old secret of 客户联系', () => {
  const old = { hasContactSecret: true };
  it.each([
    [{ get_follow_user_list: ok() }, old, 'ok', null],
    [{ gettoken: refused(40001) }, old, 'fail', '40001'],
    [{ get_follow_user_list: refused(60020) }, old, 'fail', '60020'],
    [{}, {}, 'skip', null],
  ] as [Record<string, Reply>, Partial<DoctorSettings>, string, string | null][])(
    '%j, %j: %s %s',
    async (...[replies, settings, status, code]) => {
      expect(await checkContactSecret(await played(replies, settings))).toMatchObject({ status, code });
    },
  );
});

describe('a ticket', () => {
  it('is wanted of the app; the corp’s may be unknown to a platform', async () => {
    const parts = await played({});
    expect(await checkTicket(parts, 'corp')).toMatchObject({ status: 'warn', code: 'http_404' });
    expect(await checkTicket(parts, 'app')).toMatchObject({ status: 'fail', code: 'http_404' });
    const refusing = await played({ get_jsapi_ticket: refused(45009), 'ticket/get': ok({ ticket: 'x' }) });
    expect(await checkTicket(refusing, 'corp')).toMatchObject({ status: 'fail', code: '45009' });
    expect(await checkTicket(refusing, 'app')).toMatchObject({ status: 'ok' });
  });
});
