import { onMounted, shallowRef } from 'vue';
import { ApiError } from '../parts/api.ts';
import { SHELL } from './texts.ts';

/** What a tab shows of the server's: `problem` is for people. */
export type Loaded<Answer> =
  { is: 'waiting' } | { is: 'ready'; answer: Answer } | { is: 'failed'; problem: string };

/** Why something was not read, in words for people; our server's refusals are written for them. */
export const problemText = (error: unknown): string =>
  error instanceof ApiError ? error.message : SHELL.failedOffline;

/** Reads what a tab shows when it opens, and again on `reload`; an answer that was overtaken is dropped. */
export function useList<Answer>(read: () => Promise<Answer>) {
  const view = shallowRef<Loaded<Answer>>({ is: 'waiting' });
  let latest = 0;
  const reload = async () => {
    const mine = (latest += 1);
    view.value = { is: 'waiting' };
    const next = await read().then(
      (answer) => ({ is: 'ready', answer }) as const,
      (error: unknown) => ({ is: 'failed', problem: problemText(error) }) as const,
    );
    if (mine === latest) view.value = next;
  };
  onMounted(reload);
  return { view, reload };
}
