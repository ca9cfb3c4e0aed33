import type { Context } from '../../context.ts';
import { ledAfter } from '../../domain/staff/staff.ts';

/**
 * Keeps the department tree and who leads what, as WeCom tells now. Nothing changes where the app may not read departments,
 * and an empty answer is not believed.
 */
export async function syncDepartments({
  staff,
  departments,
  wecom,
  log,
}: Pick<Context, 'staff' | 'departments' | 'wecom' | 'log'>): Promise<void> {
  const told = await wecom.staff.tree();
  if (!told) log.warn('departments not readable; the tree stays as it was');
  if (!told || told.length === 0) return;
  await departments.replaceAll(
    told.map(({ departmentId: _id, name, parentId }) => ({ _id, name, parentId })),
  );
  const moved = (await staff.all()).flatMap((member) => {
    const leaderOf = ledAfter(member, told);
    const isSame =
      leaderOf.length === member.leaderOf.length && leaderOf.every((id) => member.leaderOf.includes(id));
    return isSame ? [] : [{ ...member, leaderOf }];
  });
  await staff.saveAll(moved);
}
