import { WecomUnreachable } from './error.ts';

/** Reads page after page until `next_cursor` is empty. @throws {WecomUnreachable} when a cursor leads back to itself. */
export async function* pagesOf<Page extends { next_cursor: string }>(
  path: string,
  read: (cursor: string) => Promise<Page>,
): AsyncGenerator<Page> {
  let cursor = '';
  do {
    const page = await read(cursor);
    yield page;
    if (cursor && page.next_cursor === cursor)
      throw new WecomUnreachable(path, 'the cursor does not move', false);
    cursor = page.next_cursor;
  } while (cursor);
}
