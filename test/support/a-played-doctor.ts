import type { DoctorParts, DoctorSettings } from '../../server/context.ts';
import type { ProbeResponse } from '../../server/domain/doctor/doctor-answers.ts';
import { createProbeRequest } from '../../server/wecom/client/probe-request.ts';
import { createProbe, type Probe } from '../../server/wecom/client/probe.ts';
import { corpKeys } from './a-callback.ts';
import { aScriptedServer, type Reply } from './scripted-server.ts';
import { ok } from './wecom-parts.ts';

/** The clock of both sides. */
export const now = () => new Date('2026-03-11T02:00:00Z');

/** What checks look at. */
export type Played = { probe: Probe; settings: DoctorSettings; now: () => Date };

/** A probe of a server that answers each path (by its end) like this, tokens always, everything else with 404. */
export async function played(
  replies: Record<string, Reply>,
  more: Partial<DoctorSettings> = {},
): Promise<Played> {
  const server = await aScriptedServer(({ path, query }) => {
    const end = Object.keys(replies).find((each) => path.endsWith(each) || query['department_id'] === each);
    if (end) return replies[end] ?? 'cut';
    return path.endsWith('gettoken')
      ? ok({ access_token: 't' })
      : { status: 404, text: '<html>nothing</html>' };
  });
  const { origin } = server;
  const identity = { corpId: 'ww1', agentId: '7', agentSecret: 's', contactSecret: 'c', oauthUrl: origin };
  const probe = createProbe({
    hear: createProbeRequest(now),
    apiUrl: origin,
    publicUrl: origin,
    identity,
    keys: corpKeys(),
    now,
  });
  return { probe, settings: { ...SETTINGS, apiUrl: origin, publicUrl: origin, ...more }, now };
}

const SETTINGS: DoctorSettings = {
  problems: [],
  isSandbox: false,
  agentId: '7',
  apiUrl: '',
  publicUrl: '',
  trustedProxies: 0,
  verifyFile: 'WW_verify_abcdefgh12345678.txt',
  hasContactSecret: false,
  databaseAt: 'db',
  redisAt: null,
  hasJobs: true,
  timeZone: 'Asia/Shanghai',
  hostTimeZone: 'UTC',
  adminIds: [],
  envEncoding: null,
  sessionSecret: 'set',
};

/** An exchange, as far as a judgement needs it. */
export const answered = (changes: Partial<Extract<ProbeResponse, { is: 'answer' }>>): ProbeResponse => ({
  is: 'answer',
  status: 200,
  date: null,
  location: null,
  text: '',
  at: now(),
  ms: 1,
  ...changes,
});
/** A probe of which only these looks are taken. */
export const probing = (probe: Partial<Probe>) => ({
  probe: probe as DoctorParts['probe'],
  settings: SETTINGS,
});
/** An answer that is no JSON. */
export const page = (status: number, text: string): Reply => ({ status, text });
