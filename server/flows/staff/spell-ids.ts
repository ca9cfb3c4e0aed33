import type { Context } from '../../context.ts';

/**
 * The userids that somebody wrote as the directory spells them, in their order: WeCom does not tell capitals from small letters, our
 * book does. What nobody is called stays as it was written.
 */
export const spellIds = ({ staff }: Pick<Context, 'staff'>, userIds: readonly string[]): Promise<string[]> =>
  staff.spelled(userIds);
