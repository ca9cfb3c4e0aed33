import type { SandboxRelation } from './corp.ts';
import { sandboxSecret } from './ids.ts';
import type { Platform } from './platform.ts';
import type { WelcomeGrant } from './state.ts';

/** A WelcomeCode lives 20 s. Source: wecom.md §2.1. */
export const WELCOME_MS = 20_000;

/**
 * A WelcomeCode for a relation that has just begun, or null where the real platform gives none: the console has a welcome
 * of its own, a WeCom user, people who have talked before, or a welcome already sent (with the code of the half event).
 */
export function grantWelcome(
  platform: Platform,
  relation: SandboxRelation,
  callbackId: string,
): string | null {
  const { state, rules } = platform;
  const { userid, externalUserId } = relation;
  const customer = platform.book.customer(externalUserId);
  // Somebody who was deleted and came back may be greeted again.
  const isOfNow = (grant: WelcomeGrant) => grant.expiresAt - WELCOME_MS >= relation.createdAt * 1000;
  const isGreeted = state.welcomes.some(
    (grant) =>
      grant.isUsed && grant.userid === userid && grant.externalUserId === externalUserId && isOfNow(grant),
  );
  if (rules.hasConsoleWelcome || customer?.type !== 1 || isGreeted || hasTalked(relation)) return null;
  const nowMs = platform.now().getTime();
  // Deliveries run side by side, so the code hangs on its callback and not on who came first.
  const code = sandboxSecret(state.corp.seed, 'welcome', { at: callbackId, length: 43 });
  // Codes stay known after their end, so that they are refused by their own errcode.
  state.welcomes = state.welcomes.filter((grant) => grant.isUsed || grant.expiresAt > nowMs - 86_400_000);
  state.welcomes.push({ code, userid, externalUserId, expiresAt: nowMs + WELCOME_MS, isUsed: false });
  return code;
}

/** Whether the two have exchanged a line since they met. */
export function hasTalked(relation: SandboxRelation): boolean {
  return relation.talkedAt >= relation.createdAt;
}
