import type { Context } from '../context.ts';
import { PROXY_NOTICE } from '../domain/doctor/proxy-notice.ts';
import { raiseNotice } from '../flows/notices/raise-notice.ts';
import { resolveNotice } from '../flows/notices/resolve-notice.ts';

type Needs = Pick<Context, 'notices' | 'log' | 'now'>;

/** Requests come through a proxy that nobody told us of: every visitor looks like one. Told to administrators and the log. */
export function warnOfProxy(context: Needs): void {
  const { log, now } = context;
  log.warn({ setting: 'TRUSTED_PROXIES' }, 'a proxy passes requests on, but TRUSTED_PROXIES is 0');
  raiseNotice(context, PROXY_NOTICE, now()).catch((error: unknown) =>
    log.error({ error }, 'the proxy was not told to administrators'),
  );
}

/** At the start: a proxy that was met before is told again while it is not expected, and forgotten once it is. */
export async function reviewProxy({ site, ...context }: Needs & Pick<Context, 'site'>): Promise<void> {
  const { log, notices, now } = context;
  if (site.trustedProxies > 0) return resolveNotice(context, PROXY_NOTICE, now());
  const wasMet = (await notices.open()).some(({ kind }) => kind === PROXY_NOTICE.kind);
  if (wasMet || site.publicUrl.startsWith('https:'))
    log.warn(
      { setting: 'TRUSTED_PROXIES' },
      'a proxy stands in front, but TRUSTED_PROXIES is 0: all visitors count as one; set it to the number of proxies, e.g. 1',
    );
}
