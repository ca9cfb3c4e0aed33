import type { Context } from '../../context.ts';
import { diskRoom } from '../../domain/doctor/disk-room.ts';

/** Whether a part gives a sign of life: `ok`, or in a word why not. */
type PartState = 'ok' | string;

type Needs = Pick<Context, 'database' | 'freeBytes' | 'shared' | 'wecom' | 'now'>;

/** The disk has no room left for what comes in. */
class DiskFull extends Error {
  override readonly name = 'disk_full';
}

/**
 * The database keeps, reads and removes something: a full disk can still be read. So little finds a place that others left, where
 * a callback does not, and so the room is looked at, too.
 */
async function keepSomething({ database, freeBytes, now }: Needs): Promise<void> {
  const free = await freeBytes();
  if (free !== null && diskRoom(free) === 'none') throw new DiskFull();
  await database.roundTrip(now()).catch((error: unknown) => {
    throw isOutOfSpace(error) ? new DiskFull() : error;
  });
}

/** MongoDB's code, which the embedded database answers with, too. */
const OUT_OF_DISK_SPACE = 14031;

const isOutOfSpace = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === OUT_OF_DISK_SPACE;

/** The signs of life. */
const SIGNS = {
  database: keepSomething,
  answers: ({ database }: Needs) => database.ping(),
  store: ({ shared }: Needs) => shared.ping(),
  token: ({ wecom }: Needs) => wecom.sign(),
} as const;
export type Part = keyof typeof SIGNS;

/** Longer than this a part is taken for away; somebody waits for `answers`. */
const PATIENCE_MS: Readonly<Record<Part, number>> = {
  database: 3000,
  answers: 1000,
  store: 3000,
  token: 3000,
};

/** Asks a part for a sign of life; ends within three seconds. */
export async function checkPart(needs: Needs, part: Part): Promise<PartState> {
  const timer: { id?: NodeJS.Timeout } = {};
  const late = new Promise<PartState>((resolve) => {
    timer.id = setTimeout(resolve, PATIENCE_MS[part], 'late');
  });
  const sign = SIGNS[part](needs).then(
    () => 'ok',
    (error: unknown) => (error instanceof Error ? error.name : 'failed'),
  );
  try {
    return await Promise.race([sign, late]);
  } finally {
    clearTimeout(timer.id);
  }
}
