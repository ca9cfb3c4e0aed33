import { expect, it } from 'vitest';
import {
  CHECK_NAMES,
  fine,
  type CheckName,
  type CheckStatus,
} from '../../../../server/domain/doctor/doctor-checks.ts';
import { obstacleOf } from '../../../../server/domain/doctor/doctor-needs.ts';
import { findingOf } from '../../../../server/domain/doctor/doctor-report.ts';

/** A finding about `name` that came out like this. */
const found = (name: CheckName, status: CheckStatus, code: string | null = null) =>
  findingOf(name, { ...fine('', ''), status, code }, []);

it.each([
  ['credentials', 'api'],
  ['trusted_ip', 'credentials'],
  ['app_enabled', 'trusted_ip'],
  ['visible_range', 'app_enabled'],
  ['contact_permission', 'app_enabled'],
  ['app_ticket', 'trusted_ip'],
  ['js_signature', 'app_ticket'],
  ['jobs', 'database'],
  ['inbox', 'database'],
] as const)('%s is not tried after a failed or skipped %s, but after one that warns', (name, need) => {
  for (const status of ['fail', 'skip'] as const)
    expect(obstacleOf(name, [found(need, status)], [])).toMatchObject({
      status: 'skip',
      code: null,
      answer: expect.stringContaining(findingOf(need, fine('', ''), []).title),
    });
  for (const status of ['ok', 'warn'] as const)
    expect(obstacleOf(name, [found(need, status)], [])).toBeNull();
});

it.each([
  ['ownership_file', 'callback', 'refused', true],
  ['ownership_file', 'callback', 'wrong_token', false],
  ['js_signature', 'callback', 'dns', true],
  ['js_signature', 'callback', 'wrong_key', false],
  ['oauth', 'credentials', '40013', true],
  ['oauth', 'credentials', '40001', false],
] as const)('%s after %s failed with %s is skipped: %s', (...[name, need, code, isSkipped]) => {
  expect(obstacleOf(name, [found(need, 'fail', code)], []) !== null).toBe(isSkipped);
});

it.each([
  ['api', 'WECOM_API_URL'],
  ['credentials', 'WECOM_AGENT_SECRET'],
  ['callback', 'WECOM_CALLBACK_AES_KEY'],
  ['oauth', 'PUBLIC_URL'],
  ['database', 'MONGODB_URI'],
] as const)('%s is not tried without the setting %s, and says so', (name, setting) => {
  expect(obstacleOf(name, [], [setting])?.answer).toContain(setting);
  expect(obstacleOf(name, [], ['LOG_LEVEL'])).toBeNull();
});

it('lets every check stand on earlier ones only', () => {
  for (const [index, name] of CHECK_NAMES.entries()) {
    const later = CHECK_NAMES.slice(index).map((each) => found(each, 'fail', 'dns'));
    expect(obstacleOf(name, later, [])).toBeNull();
  }
});
