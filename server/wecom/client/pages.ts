import { WecomError, WecomUnreachable } from './error.ts';

/** WeCom has forgotten the cursor; the first page is to be read again. Source: wecom.md §4.2. */
const BAD_CURSOR = 50100;

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

/** Reads every page before it gives any; once more from the first when WeCom has forgotten the cursor. @throws as `pagesOf` */
export async function* wholeOf<Page extends { next_cursor: string }>(
  path: string,
  read: (cursor: string) => Promise<Page>,
): AsyncGenerator<Page> {
  const all = async () => {
    const pages: Page[] = [];
    for await (const page of pagesOf(path, read)) pages.push(page);
    return pages;
  };
  yield* await all().catch((error: unknown) => {
    if (error instanceof WecomError && error.errcode === BAD_CURSOR) return all();
    throw error;
  });
}
