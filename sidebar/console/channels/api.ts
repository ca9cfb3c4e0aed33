import type { ChannelsView } from '../../../server/api/contract/channels.ts';
import { call } from '../../parts/api.ts';
import { readSettings, saveSection } from '../settings/api.ts';

export type Channel = ChannelsView['channels'][number];
/** What is summed up of channels; money in fen, no cost while nobody noted any. */
export type Sums = Pick<Channel, 'contacts' | 'accounts' | 'buyers' | 'orders' | 'revenueFen' | 'costFen'>;

/** Every account of the span is counted, which takes its time in a large book. */
const LIMIT_MS = 60_000;

/** What each channel brought, of accounts known since that day; '': the last 12 months. */
export const readChannels = (since: string) =>
  call<ChannelsView>(`/channels${since ? `?since=${since}` : ''}`, undefined, { limitMs: LIMIT_MS });

type Noted = { code: string; name: string; costFen: number };

/** Keeps what a channel code is called and what it cost; `null`: what was kept is taken out. Administrators only. */
export async function noteChannel(code: string, noted: Omit<Noted, 'code'> | null): Promise<void> {
  const { sections } = await readSettings();
  const section = sections.find(({ name }) => name === 'channels');
  const others = ((section?.value ?? []) as Noted[]).filter((each) => each.code.trim() !== code);
  const value = noted ? [...others, { code, ...noted }] : others;
  await saveSection('channels', { value, version: section?.version ?? 0 });
}
