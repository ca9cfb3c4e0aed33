import type { DoctorParts } from '../../context.ts';
import type { Verdict } from '../../domain/doctor/doctor-checks.ts';
import { redisVerdict } from '../../domain/doctor/doctor-settings.ts';

/** Whether Redis answers where one is named, and one is named where it is needed. */
export async function checkRedis({
  settings,
  pingRedis,
}: Pick<DoctorParts, 'settings' | 'pingRedis'>): Promise<Verdict> {
  const { redisAt, hasJobs } = settings;
  if (redisAt === null) return redisVerdict(redisAt, hasJobs, null);
  const fault = await pingRedis().then(
    () => null,
    (error: unknown) => (error instanceof Error && error.message ? error.message.slice(0, 300) : '没有回应'),
  );
  return redisVerdict(redisAt, hasJobs, fault);
}
