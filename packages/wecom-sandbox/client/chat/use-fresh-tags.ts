import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import type { Tag } from '../control.ts';

const SHOWN_MS = 6000;
const keyOf = ({ groupName, tagName }: Tag): string => `${groupName}/${tagName}`;

/**
 * The tags that appeared while one looked, as `group/tag`, for 6 s each.
 *
 * @param subject whose tags they are; another subject's tags are not news.
 */
export function useFreshTags(tags: () => Tag[], subject: () => string): Readonly<ShallowRef<string[]>> {
  const fresh = shallowRef<string[]>([]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch([() => tags().map(keyOf).join('\n'), subject], ([now, who], [before, whoBefore]) => {
    const known = new Set(before.split('\n'));
    fresh.value = who === whoBefore ? now.split('\n').filter((key) => key !== '' && !known.has(key)) : [];
    clearTimeout(timer);
    timer = setTimeout(() => (fresh.value = []), SHOWN_MS);
  });
  onScopeDispose(() => clearTimeout(timer));
  return fresh;
}
