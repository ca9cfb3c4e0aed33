import type { DoctorParts } from '../../context.ts';
import { diskRoom } from '../../domain/doctor/disk-room.ts';
import { failed, fine, skipped, warned, type Verdict } from '../../domain/doctor/doctor-checks.ts';

const MB = 1024 ** 2;

/** Whether there is room where the data is kept. */
export async function checkDisk({ freeBytes }: Pick<DoctorParts, 'freeBytes'>): Promise<Verdict> {
  const tried = '查看数据所在磁盘的剩余空间';
  const free = await freeBytes();
  if (free === null) return skipped('数据在别处，或系统不告诉剩余空间');
  const answer = `剩余 ${Math.floor(free / MB)} MB`;
  const room = diskRoom(free);
  if (room === 'enough') return fine(tried, answer);
  return room === 'scarce'
    ? warned(tried, answer, { code: 'scarce' })
    : failed(tried, answer, { code: 'full' });
}
