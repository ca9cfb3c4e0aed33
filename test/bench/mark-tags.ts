import { followersOf, openBarePlatform } from './bare-platform.ts';

/** Tags every relation with one tag by bare calls, three at a time. */
const AT_ONCE = 3;

const http = await openBarePlatform();
const { data: made } = await http.post('/cgi-bin/externalcontact/add_corp_tag', {
  group_name: 'bench',
  tag: [{ name: 'one' }],
});
const tagId = made.tag_group.tag[0].id as string;
const pairs: { userid: string; external_userid: string }[] = [];
for (const userid of await followersOf(http)) {
  const { data } = await http.get('/cgi-bin/externalcontact/list', { params: { userid } });
  for (const id of data.external_userid as string[]) pairs.push({ userid, external_userid: id });
}
const startedAt = performance.now();
await Promise.all(Array.from({ length: AT_ONCE }, markNext));
process.stdout.write(`${JSON.stringify({ seconds: (performance.now() - startedAt) / 1000 })}\n`);

async function markNext(): Promise<void> {
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    const { data } = await http.post('/cgi-bin/externalcontact/mark_tag', { ...pair, add_tag: [tagId] });
    if (data.errcode !== 0) throw new Error(`answered ${data.errcode}`);
  }
}
