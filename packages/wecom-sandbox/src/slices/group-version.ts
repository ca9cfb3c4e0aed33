import { createHash } from 'node:crypto';
import type { SandboxGroup } from './groups.ts';

/** The version that follows a group's present one: 32 hex digits that depend on who is in it and on the past. */
export function nextVersion({ chatId, version, members }: SandboxGroup): string {
  const ids = members.map(({ id, joinedAt }) => `${id}@${joinedAt}`).join();
  return createHash('md5').update(`${chatId}|${version}|${ids}`).digest('hex');
}
