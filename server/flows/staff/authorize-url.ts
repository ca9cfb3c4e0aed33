import type { Site } from '../../context.ts';
import type { Wecom } from '../../wecom/client/create-wecom.ts';

type Needs = {
  wecom: { oauth: Pick<Wecom['oauth'], 'authorizeUrl' | 'qrLoginUrl' | 'hasQrLogin'> };
  site: Pick<Site, 'publicUrl'>;
};

const IN_APP = /wxwork|micromessenger/i;
const COMPUTER = /Windows NT|Macintosh|X11/;

/**
 * Where to send a visitor to be recognised, who comes back to `back`, a path of ours: WeCom recognises its own browser in
 * silence and turns others away, so a computer's browser gets the page with a code to be scanned.
 *
 * @param userAgent of the browser, for pages of members; null for customers, who cannot scan that code
 */
export function authorizeUrl(
  { wecom: { oauth }, site }: Needs,
  { back, state, userAgent }: { back: string; state: string; userAgent: string | null },
): string {
  const wayBack = `${site.publicUrl}${back}`;
  const scans = userAgent !== null && COMPUTER.test(userAgent) && !IN_APP.test(userAgent);
  return scans && oauth.hasQrLogin ? oauth.qrLoginUrl(wayBack, state) : oauth.authorizeUrl(wayBack, state);
}
