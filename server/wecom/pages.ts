import { WecomUnreachable } from './error.ts';

/** Reads page after page until `next_cursor` is empty. @throws {WecomUnreachable} when a cursor leads back to an earlier page. */
export async function* pagesOf<Page extends { next_cursor: string }>(
  path: string,
  read: (cursor: string) => Promise<Page>,
): AsyncGenerator<Page> {
  const asked = new Set<string>();
  let cursor = '';
  do {
    asked.add(cursor);
    const page = await read(cursor);
    yield page;
    cursor = page.next_cursor;
    if (cursor && asked.has(cursor)) throw new WecomUnreachable(path, 'the cursor does not move', false);
  } while (cursor);
}
