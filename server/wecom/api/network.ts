import { z } from 'zod';
import { eachRow } from '../client/answer-shapes.ts';
import type { WecomCall } from '../client/call.ts';
import { asksNothing, defineCall } from '../client/define-call.ts';

const addresses = {
  ...asksNothing,
  method: 'GET' as const,
  answer: z.object({ ip_list: eachRow(z.string()) }),
  tell: ({ ip_list: found }: { ip_list: string[] }) => found,
};
const callbackIps = defineCall({ path: '/cgi-bin/getcallbackip', ...addresses });
const apiIps = defineCall({ path: '/cgi-bin/get_api_domain_ip', ...addresses });

/** Addresses for firewalls; some are segments, `101.226.103.*`. @see https://developer.work.weixin.qq.com/document/path/90238, 92520 */
export function createNetworkApi(call: WecomCall) {
  return {
    /** From where callbacks come. */
    callbackIps: callbackIps(call),
    /** Where the API lives. */
    apiIps: apiIps(call),
  };
}
