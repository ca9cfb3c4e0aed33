import type { DoctorParts } from '../../context.ts';
import { fine, refused, type Verdict } from '../../domain/doctor/doctor-checks.ts';

/** The two kinds of ticket: `config` signs with the corp's, `agentConfig` with the app's. Source: wecom.md §3.1. */
const TICKETS = {
  corp: { path: '/cgi-bin/get_jsapi_ticket', query: {} },
  app: { path: '/cgi-bin/ticket/get', query: { type: 'agent_config' } },
} as const;

/** Whether WeCom gives the ticket. The sidebar needs the app's; a platform that has no other is good enough. */
export async function checkTicket(
  { probe }: Pick<DoctorParts, 'probe'>,
  kind: keyof typeof TICKETS,
): Promise<Verdict> {
  const { path, query } = TICKETS[kind];
  const answer = await probe.api(path, query);
  const tried = `GET ${path}`;
  if (answer.is === 'good') return fine(tried, '已取得');
  const verdict = refused(tried, answer);
  const isAbsent = kind === 'corp' && verdict.code === 'http_404';
  return isAbsent ? { ...verdict, status: 'warn' } : verdict;
}
