import type { Context } from '../../context.ts';
import { shownEntry } from '../../domain/system/webhook.ts';
import type { KeptEntry } from '../../store/audit-model.ts';
import type { AuditFilter } from '../../store/audit.ts';

/** What to list. `cursor` is the `next` of the page before. */
export type AuditQuery = Pick<AuditFilter, 'subject' | 'by' | 'from' | 'to' | 'limit'> & {
  cursor?: string | undefined;
};

/** A page of the audit log, the latest first; `next` is null at its end. A cursor that nobody gave begins anew. */
export async function listAudit(
  { audit, staff }: Pick<Context, 'audit' | 'staff'>,
  { cursor, limit, by: named, ...wish }: AuditQuery,
) {
  const [by] = await staff.spelled(named ? [named] : []);
  const found = await audit.list({ ...wish, by, after: placeOf(cursor), limit: limit + 1 });
  const shown = found.slice(0, limit);
  const names = new Map((await staff.all()).map(({ _id, name }) => [_id, name]));
  return {
    entries: shown.map(shownEntry).map(({ _id, by, at, ...what }) => ({
      id: _id,
      by: { id: by, name: names.get(by) ?? (by === 'anonymous' ? '未登录的访问者' : by) },
      at: at.toISOString(),
      act: what.act,
      subject: what.subject,
      status: what.status,
      from: what.from,
      to: what.to,
    })),
    next: found.length > limit ? cursorOf(shown.at(-1)) : null,
  };
}

const cursorOf = (entry: KeptEntry | undefined) => (entry ? `${entry.at.getTime()}_${entry._id}` : null);

function placeOf(cursor: string | undefined): { at: Date; id: string } | undefined {
  const [, time, id] = /^(\d{1,15})_(.+)$/.exec(cursor ?? '') ?? [];
  return time && id ? { at: new Date(Number(time)), id } : undefined;
}
