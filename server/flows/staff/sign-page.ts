import type { Context } from '../../context.ts';
import { AppError } from '../../errors.ts';
import type { JsSignature } from '../../wecom/api/js-sdk.ts';

/**
 * Signs a page of ours for the JS-SDK.
 *
 * @throws {AppError} 400 `foreign_page` for an address that is not below our public one.
 */
export async function signPage(
  { wecom, site, now }: Pick<Context, 'wecom' | 'site' | 'now'>,
  url: string,
): Promise<JsSignature> {
  if (new URL(url).origin !== new URL(site.publicUrl).origin) {
    const message = `页面地址与 PUBLIC_URL（${site.publicUrl}）不一致，JS-SDK 无法签名`;
    throw new AppError(400, 'foreign_page', { message });
  }
  return wecom.jsSdk.agentConfig(url, now());
}
