import type { ChannelsView } from '../../../server/api/contract/channels.ts';
import type { Door, Reply } from './serve-pages.ts';

type Channel = ChannelsView['channels'][number];

/** What the server says of channels; `since` is '' when no day was asked for. */
export type ChannelApi = { channels: (since: string) => Reply<ChannelsView> };

/** Doors of the scripted API. */
export const CHANNEL_DOORS: Door<ChannelApi>[] = [
  [/^GET \/api\/v1\/channels(?:\?since=(.*))?$/, (api, since) => api.channels(since)],
];

/** A channel code that cost something, and paid. */
export const aChannel = (changes: Partial<Channel> = {}): Channel => ({
  kind: 'channel',
  code: 'expo-2026',
  name: '广交会',
  contacts: 64,
  accounts: 31,
  buyers: 9,
  orders: 14,
  revenueFen: 128_500_000,
  costFen: 8_000_000,
  ...changes,
});

/** A code that is named, one that is not, and ways without a code; the first year of a company. */
export const someChannels = (): ChannelApi => ({
  channels: (since) => ({
    since: since || '2025-11-22',
    channels: [
      aChannel(),
      aChannel({ kind: 'wecom', code: null, name: '员工添加', revenueFen: 60_000_050, costFen: null }),
      aChannel({ code: 'web-07', name: 'web-07', buyers: 0, orders: 0, revenueFen: 0, costFen: null }),
    ],
  }),
});
