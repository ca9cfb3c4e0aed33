import type { Context } from '../../context.ts';

/** Where to send a visitor to be recognised; WeCom sends them back to `back`, a path of ours. */
export function authorizeUrl(
  { wecom, site }: Pick<Context, 'wecom' | 'site'>,
  back: string,
  state: string,
): string {
  return wecom.oauth.authorizeUrl(`${site.publicUrl}${back}`, state);
}
