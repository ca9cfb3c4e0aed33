import { expect, it } from 'vitest';
import { asWritten, playCase, samples, type ApiCase } from '../../../support/wecom-cases.ts';

const SAMPLE = samples('identity');

const cases: ApiCase[] = [
  [
    'addresses from where callbacks come',
    (wecom) => wecom.network.callbackIps(),
    ['GET', 'getcallbackip', {}],
    SAMPLE['getcallbackip'] ?? {},
    ['101.226.103.*', '101.226.62.*'],
  ],
  [
    'addresses of the API',
    (wecom) => wecom.network.apiIps(),
    ['GET', 'get_api_domain_ip', {}],
    { ip_list: [] },
    [],
  ],
];
it.each(cases)('%s', async (...played) => {
  expect(await playCase(played)).toEqual(asWritten(played));
});
