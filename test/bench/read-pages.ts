import { followersOf, openBarePlatform } from './bare-platform.ts';

/** Reads every page of customers and throws it away, with as many readers at once as a synchronisation has. */
const READERS = 3;

type Page = { errcode: number; next_cursor?: string };

const http = await openBarePlatform();
const followers = await followersOf(http);
const each = Math.ceil(followers.length / READERS);
const startedAt = performance.now();
const counts = await Promise.all(
  Array.from({ length: READERS }, (_, index) => readAll(followers.slice(index * each, (index + 1) * each))),
);
const seconds = (performance.now() - startedAt) / 1000;
process.stdout.write(
  `${JSON.stringify({ seconds, pages: counts.reduce((sum, count) => sum + count, 0) })}\n`,
);

/** @returns how many pages there were */
async function readAll(userIds: readonly string[]): Promise<number> {
  let [cursor, pages] = ['', 0];
  do {
    const body = { userid_list: userIds, cursor, limit: 100 };
    const { data } = await http.post<Page>('/cgi-bin/externalcontact/batch/get_by_user', body);
    if (data.errcode !== 0) throw new Error(`answered ${data.errcode}`);
    pages += 1;
    cursor = data.next_cursor ?? '';
  } while (cursor);
  return pages;
}
