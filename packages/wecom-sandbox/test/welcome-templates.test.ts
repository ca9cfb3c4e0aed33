import { expect, it } from 'vitest';
import { aGroup } from './support/a-group.ts';
import { openSmall } from './support/open-small.ts';
import { aSmallCorp } from './support/small-corp.ts';
import { aMediaId } from './support/upload-file.ts';

const BASE = 'externalcontact/group_welcome_template';
const text = { content: '欢迎 %NICKNAME%' };
const link = { title: '手册', url: 'https://example.com' };

it('keeps a template with the first of its attachments, changes it, and forgets it', async () => {
  const opened = await openSmall();
  const { write } = opened;
  const image = { media_id: await aMediaId(opened, 'image') };
  const { template_id } = await write(`${BASE}/add`, { text, link, image });
  const shown = await write(`${BASE}/get`, { template_id });
  expect(shown).toMatchObject({
    errcode: 0,
    text,
    image: { pic_url: expect.stringContaining(image.media_id) },
  });
  expect(shown).not.toHaveProperty('link');
  expect(await write(`${BASE}/edit`, { template_id, link })).toMatchObject({ errcode: 0 });
  const edited = await write(`${BASE}/get`, { template_id });
  expect(edited).toMatchObject({ link });
  expect(edited).not.toHaveProperty('text');
  expect(await write(`${BASE}/del`, { template_id })).toMatchObject({ errcode: 0 });
  expect(await write(`${BASE}/get`, { template_id })).toMatchObject({ errcode: 40037 });
});

it.each([
  ['add', 3000, 0],
  ['add', 3001, 40058],
  ['edit', 4000, 0],
  ['edit', 4001, 40058],
])('%s takes a text of %i bytes with %i', async (name, bytes, errcode) => {
  const { write } = await openSmall();
  const { template_id } = await write(`${BASE}/add`, { text });
  expect(await write(`${BASE}/${name}`, { template_id, text: { content: 'a'.repeat(bytes) } })).toMatchObject(
    { errcode },
  );
});

it('refuses an empty template and bad attachments', async () => {
  const { write } = await openSmall();
  expect(await write(`${BASE}/add`, {})).toMatchObject({ errcode: 40058 });
  expect(await write(`${BASE}/add`, { image: { media_id: 'X' } })).toMatchObject({ errcode: 40007 });
  expect(await write(`${BASE}/add`, { link: { title: 'x' } })).toMatchObject({ errcode: 40058 });
});

it('tells the owners of groups, unless told not to', async () => {
  const { write, platform } = await openSmall({
    corp: aSmallCorp({ groups: [aGroup('wr1'), aGroup('wr2')] }),
  });
  await write(`${BASE}/add`, { text, notify: 0 });
  expect(platform.state.messages).toEqual([]);
  await write(`${BASE}/add`, { text });
  expect(platform.state.messages).toMatchObject([{ to: 'ZhangSan', from: '客户联系' }]);
});

it('holds as many as the corp may have, and changes only its own', async () => {
  const { write, platform } = await openSmall({ rules: { welcomeTemplates: 2 } });
  platform.state.welcomeTemplates.push({ templateId: 'msgConsole', madeBy: 'console', content: { text } });
  expect(await write(`${BASE}/add`, { text })).toMatchObject({ errcode: 0 });
  expect(await write(`${BASE}/add`, { text })).toMatchObject({ errcode: 41055 });
  for (const name of ['edit', 'del'])
    expect(await write(`${BASE}/${name}`, { template_id: 'msgConsole', text })).toMatchObject({
      errcode: 41058,
    });
  expect(await write(`${BASE}/get`, { template_id: 'msgConsole' })).toMatchObject({ errcode: 0, text });
});
