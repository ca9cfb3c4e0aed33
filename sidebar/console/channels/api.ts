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

/** What is kept of a channel code; an empty name: the code stands for it. */
export type Note = { name: string; costFen: number };
type Kept = Note & { code: string };

/** What is kept of the code of a channel, as the report shows it; null: nothing. */
export const noteOf = ({ name, code, costFen }: Channel): Note | null =>
  costFen === null ? null : { name: name === code ? '' : name, costFen };

const isSame = (one: Note | null, other: Note | null) =>
  one?.name === other?.name && one?.costFen === other?.costFen;

/** What somebody wants to be kept of a code instead of what they `saw`; `null`: nothing. */
type NoteWish = { code: string; saw: Note | null; note: Note | null };

/**
 * Keeps what a channel code is called and what it cost, beside what others noted of other codes meanwhile. Administrators only.
 *
 * @returns `null` when it is kept; else who was faster with this code, and what it says now: nothing was overwritten.
 */
export async function noteChannel({ code, saw, note }: NoteWish): Promise<{
  by: string;
  standing: Note | null;
} | null> {
  const { kept, version, savedBy } = await readKept();
  const mine = kept.find((each) => each.code.trim() === code);
  const standing = mine ? { name: mine.name.trim(), costFen: mine.costFen } : null;
  if (!isSame(standing, saw)) return { by: savedBy, standing };
  const others = kept.filter((each) => each !== mine);
  await saveSection('channels', { value: note ? [...others, { code, ...note }] : others, version });
  return null;
}

/** What stands in the settings now, at which version, and who saved it; '' for nobody. */
async function readKept() {
  const section = (await readSettings()).sections.find(({ name }) => name === 'channels');
  const kept = (section?.value ?? []) as Kept[];
  return { kept, version: section?.version ?? 0, savedBy: section?.savedBy?.name ?? '' };
}
