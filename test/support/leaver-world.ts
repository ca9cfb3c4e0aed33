import type { Following } from './a-team-corp.ts';
import { aTeamCorp } from './a-team-corp.ts';
import { aSyncedWorld, type LivingWorld } from './a-world.ts';

/** Seconds for which nothing more happens on the platform by itself. */
export const DAY_MS = 86_400_000;

/** ben follows three companies; anna knows one of them, too; carl of another department follows nobody of theirs. */
export const BEN_FOLLOWS: readonly Following[] = [
  ['ben', 'wm1', '甲公司'],
  ['ben', 'wm2', '乙公司'],
  ['ben', 'wm3', '丙公司'],
  ['anna', 'wm2', '乙公司'],
];

type Setting = { followings?: readonly Following[]; now?: string };

/** A synchronised team with hands for what happens when somebody goes. */
export async function aLeaverWorld({ followings = BEN_FOLLOWS, ...options }: Setting = {}) {
  const world = await aSyncedWorld({
    corp: aTeamCorp(followings),
    settings: { ADMIN_USERIDS: 'olga' },
    ...options,
  });
  return { ...world, ...handsOf(world) };
}

export type LeaverWorld = Awaited<ReturnType<typeof aLeaverWorld>>;

function handsOf({ context, platform, setNow, settled }: LivingWorld) {
  /** The account of a contact. */
  const accountOf = async (externalUserId: string) => {
    const contact = await context.contacts.find(externalUserId);
    const account = contact?.accountId ? await context.accounts.find(contact.accountId) : null;
    if (!account) throw new Error(`${externalUserId} has no account`);
    return account;
  };
  return {
    accountOf,
    /** Who owns the accounts of these contacts. */
    ownersOf: async (...externalUserIds: string[]) =>
      Promise.all(externalUserIds.map(async (id) => (await accountOf(id)).ownerId)),
    /** Somebody leaves; the callbacks are through. */
    async leave(userid: string) {
      platform.actions.removeStaff({ userid });
      await settled();
    },
    /** Moves the clock on. */
    pass: (ms: number) => setNow(new Date(context.now().getTime() + ms)),
    openNotices: async () => (await context.notices.open()).map(({ kind, subject }) => `${kind}:${subject}`),
  };
}
