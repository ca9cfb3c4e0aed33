import { expect, it } from 'vitest';
import { pagesOf } from '../../../../server/wecom/client/pages.ts';
import { WecomUnreachable } from '../../../../server/wecom/client/error.ts';

const PATH = '/cgi-bin/somewhere';

/** Reads everything from a server whose cursors follow the map; stops by itself after 50 pages. */
async function readAll(next: Record<string, string>) {
  const asked: string[] = [];
  const read = async (cursor: string) => {
    asked.push(cursor);
    if (asked.length > 50) throw new Error('it goes on for ever');
    return { next_cursor: next[cursor] ?? '', at: cursor };
  };
  const pages: string[] = [];
  const reading = (async () => {
    for await (const page of pagesOf(PATH, read)) pages.push(page.at);
  })();
  const failure = await reading.then(
    () => null,
    (error: unknown) => error,
  );
  return { asked, pages, failure };
}

it('begins without a cursor and follows each one to the end', async () => {
  const { asked, pages, failure } = await readAll({ '': 'b', b: 'c', c: '' });
  expect(asked).toEqual(['', 'b', 'c']);
  expect(pages).toEqual(['', 'b', 'c']);
  expect(failure).toBeNull();
});

it('reads one page when there is no next one', async () => {
  expect((await readAll({})).asked).toEqual(['']);
});

it.each([
  ['stands still', { '': 'b', b: 'b' }],
  ['goes round in a circle of two', { '': 'b', b: 'c', c: 'b' }],
  ['goes round in a circle of three', { '': 'b', b: 'c', c: 'd', d: 'b' }],
])('gives up when the cursor %s, instead of reading for ever', async (_, next) => {
  const { failure } = await readAll(next);
  expect(failure).toBeInstanceOf(WecomUnreachable);
  expect(String(failure)).toContain('the cursor does not move');
});

it('asks for the next page only when the last one is used up', async () => {
  const asked: string[] = [];
  const pages = pagesOf(PATH, async (cursor) => {
    asked.push(cursor);
    return { next_cursor: `${cursor}x` };
  });
  await pages.next();
  expect(asked).toEqual(['']);
  await pages.next();
  expect(asked).toEqual(['', 'x']);
});

it('hands on what reading throws', async () => {
  const pages = pagesOf(PATH, async () => {
    throw new RangeError('no');
  });
  await expect(pages.next()).rejects.toThrow(RangeError);
});
