import type { Fault } from '@genjin/wecom-sandbox';
import type { SandboxPlatform } from '@genjin/wecom-sandbox';
import type { Dice } from '../../server/demo/dice.ts';

/** What goes wrong with calls, as often as it stands here. */
const FAULTS: readonly Fault[] = [
  { latencyMs: 300 },
  { latencyMs: 2000 },
  { errcode: -1 },
  { errcode: -1, isAfterwards: true },
  { errcode: 45033 },
  { errcode: 45033 },
  { errcode: 6000 },
  { errcode: 42001 },
  { errcode: 60020 },
  { status: 502 },
  { status: 500, isAfterwards: true },
  { isCut: true },
  { isCut: true, isAfterwards: true },
  { isGarbage: true },
  { isMisshapen: true },
  { isForeign: true },
  { bodyMs: 3000 },
];

/** One fault in so many drops every token, one in so many says that an API was called too often, which shuts it for minutes. */
const DROPS_ONE_IN = 40;
const SHUTS_ONE_IN = 400;

/** Orders one fault for a coming call. */
export function makeTrouble({ faults }: SandboxPlatform, dice: Dice): void {
  if (dice.int(1, SHUTS_ONE_IN) === 1) faults.next('*', { errcode: 45009 });
  else if (dice.int(1, DROPS_ONE_IN) === 1) faults.dropTokens();
  else faults.next('*', dice.pick(FAULTS));
}
