import type { ChatLine } from './control.ts';

/** What one says in the open chat. */
export type Line = Pick<ChatLine, 'text' | 'links'>;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A field of an object whose shape a page decided; undefined when there is none. */
const inside = (value: unknown, name: string): unknown =>
  isObject(value) ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;

/** A non-empty text field of an object whose shape a page decided, or null. */
export function fieldOf(value: unknown, name: string): string | null {
  const field = inside(value, name);
  return typeof field === 'string' && field !== '' ? field : null;
}

function linkOf(news: unknown): Line | null {
  const url = fieldOf(news, 'link');
  if (url === null) return null;
  const [title = '', desc = '', picurl = ''] = ['title', 'desc', 'imgUrl'].map(
    (name) => fieldOf(news, name) ?? '',
  );
  return { text: '', links: [{ title, desc, url, picurl }] };
}

/** What `sendChatMessage` says: a text, or a news card as a link; null for the rest. */
export function lineOf(params: unknown): Line | null {
  const kind = fieldOf(params, 'msgtype');
  if (kind === 'news') return linkOf(inside(params, 'news'));
  const text = kind === 'text' ? fieldOf(inside(params, 'text'), 'content') : null;
  return text === null ? null : { text };
}
