import type { DoctorBook, DoctorParts } from '../../context.ts';
import { failed, fine, warned, type Verdict } from '../../domain/doctor/doctor-checks.ts';

const OLDEST_MAJOR = 6;
const INDEXES_SHOWN = 3;

/** Whether the database is there, new enough, writable and has every index. */
export async function checkDatabase({
  settings,
  book,
  now,
}: Pick<DoctorParts, 'settings' | 'book' | 'now'>): Promise<Verdict> {
  const at = settings.databaseAt;
  try {
    return await databaseVerdict(await book(), at, now());
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 300) : '没有回应';
    return failed(`连接 ${at}`, reason, { code: 'unreachable', subject: at });
  }
}

async function databaseVerdict({ database }: DoctorBook, at: string, now: Date): Promise<Verdict> {
  const tried = `${at}：版本、索引、写入再读出`;
  const version = await database.version();
  if (Number.parseInt(version, 10) < OLDEST_MAJOR)
    return failed(tried, `版本 ${version}`, { code: 'too_old' });
  const isNew = await database.isNew();
  const isWritable = await database.roundTrip(now).catch(() => false);
  if (!isWritable) return failed(tried, '写入的内容读不回来', { code: 'not_writable' });
  if (isNew) return warned(tried, '还没有任何数据', { code: 'new_database' });
  const missing = await database.missingIndexes();
  if (missing.length === 0) return fine(tried, `${at}，版本 ${version}，索引齐全，可读写`);
  const shown = missing.slice(0, INDEXES_SHOWN).join('、');
  return failed(tried, `缺少 ${missing.length} 个索引`, { code: 'index_missing', subject: shown });
}
