import type { Day } from '../calendar.ts';
import { byteLength, dayName, plain, shorten, TEXT_BYTES } from '../texts.ts';

/** What owner and manager are told at once when a customer asks to be called; the words as far as they fit. Source: domain.md §11. */
export function contactMeMessage({ account, person, words, dueOn, link }: ContactMeFacts): string {
  const head = `【请联系我】${shorten(plain(account), 24)} ${shorten(plain(person), 24)} 希望我们联系`;
  const open = link ? `<a href="${link}">打开客户资料</a>，` : '';
  const foot = `${open}请在${dayName(dueOn)}前联系，并记下结果`;
  const room = TEXT_BYTES - byteLength(`${head}\n\n${foot}`);
  return [head, cutTo(room, plain(words)), foot].join('\n');
}

/** The beginning of a text that takes up so many bytes at most, with dots where it was cut. */
function cutTo(bytes: number, text: string): string {
  if (byteLength(text) <= bytes) return text;
  const characters = [...text];
  while (byteLength(`${characters.join('')}…`) > bytes) characters.pop();
  return `${characters.join('')}…`;
}

type ContactMeFacts = {
  account: string;
  person: string;
  words: string;
  dueOn: Day;
  link: string | null;
};
