import type { Context } from '../../context.ts';
import { WecomError } from '../../wecom/error.ts';

/** A welcome code is good for so long. Source: wecom.md §2.1. */
const USEFUL_MS = 20_000;

/** Too late (41050), or another app or a chat was first (41051): nothing is left to do. */
const SETTLED = [41050, 41051];

/** Greets a new contact once, while the code is good. @returns `true` when the greeting went out. */
export async function welcomeContact(
  { ledger, wecom, site, now }: Pick<Context, 'ledger' | 'wecom' | 'site' | 'now'>,
  { welcomeCode, happenedAt }: { welcomeCode: string | undefined; happenedAt: Date },
): Promise<boolean> {
  if (!welcomeCode || !site.welcomeText || now().getTime() - happenedAt.getTime() > USEFUL_MS) return false;
  const right = { purpose: 'welcome', key: welcomeCode, day: 'once' };
  try {
    return await ledger.once(right, now(), () => wecom.messages.welcome(welcomeCode, site.welcomeText));
  } catch (error) {
    if (error instanceof WecomError && SETTLED.includes(error.errcode)) return false;
    throw error;
  }
}
