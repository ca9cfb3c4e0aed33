import { fillMatchKeys } from './match-keys.ts';
import type { Migration } from './migration.ts';
import {
  completeAnswers,
  completeContacts,
  completeFollowUps,
  countPendingRuns,
  dateMerges,
  dropRelationVersions,
} from './older-fields.ts';

/** What turns the data of any earlier version into today's, in order. New ones come at the end; what was released never changes. */
export const ALL_MIGRATIONS: readonly Migration[] = [
  { number: 1, name: 'match-keys', carryOut: fillMatchKeys },
  { number: 2, name: 'runs-of-pending-tiers', carryOut: countPendingRuns },
  { number: 3, name: 'complete-answers', carryOut: completeAnswers },
  { number: 4, name: 'complete-follow-ups', carryOut: completeFollowUps },
  { number: 5, name: 'days-of-merges', carryOut: dateMerges },
  { number: 6, name: 'legal-names-of-contacts', carryOut: completeContacts },
  { number: 7, name: 'no-versions-of-relations', carryOut: dropRelationVersions },
];
