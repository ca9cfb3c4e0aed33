import type { SandboxCorp } from '../corp.ts';
import type { CardSlice } from './cards.ts';
import type { EntrySlice } from './entries.ts';
import type { GroupSlice } from './groups.ts';
import type { IdentitySlice } from './identities.ts';
import type { MediaSlice } from './media.ts';
import type { MomentSlice } from './moments.ts';
import type { TransferSlice } from './transfers.ts';

/** What the platform keeps besides people, tags and messages; one slice per file. */
export type Slices = GroupSlice &
  EntrySlice &
  TransferSlice &
  CardSlice &
  MomentSlice &
  MediaSlice &
  IdentitySlice;

/** The slices of a corp's first day; a state of an earlier version gets those that it lacks. */
export function freshSlices(corp: SandboxCorp): Slices {
  return {
    groups: structuredClone(corp.groups ?? []),
    joinWays: [],
    welcomeTemplates: [],
    contactWays: [],
    links: [],
    linkQuotas: [],
    chatKeys: [],
    transfers: [],
    departures: {},
    responseCodes: [],
    cardTasks: [],
    appChats: [],
    moments: [],
    media: [],
    pictures: [],
    uploadJobs: [],
    userTickets: [],
    strategies: [],
    strategyTags: [],
  };
}
