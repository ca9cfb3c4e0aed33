import type { Context } from '../../context.ts';

/** Whether a part gives a sign of life: `ok`, or in a word why not. */
type PartState = 'ok' | string;

type Needs = Pick<Context, 'database' | 'shared' | 'wecom' | 'now'>;

/** The signs of life. The database keeps, reads and removes something: a full disk can still be read. */
const SIGNS = {
  database: ({ database, now }: Needs) => database.roundTrip(now()),
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
