import { headerKey, type Columns } from './column.ts';
import { wordsOf } from './header.ts';

/**
 * What a user says of headers, `含税金额=amount_yuan` a line, parted also by `,` or `;`; our names in either language, nothing for a
 * column to leave out. @throws {RangeError} for people
 */
export function headerMapOf(text: string, columns: Columns): Map<string, string> {
  const words = wordsOf(columns);
  const pairs = text.split(/[\n,;，；]/).filter((pair) => pair.trim());
  return new Map(
    pairs.map((pair) => {
      const [title = '', ...rest] = pair.split('=');
      const target = rest.join('=').trim();
      if (!title.trim() || rest.length === 0)
        throw new RangeError(`--map “${pair.trim()}”应写作 '文件中的列名=我们的列名'`);
      const field = target ? words.get(headerKey(target).key)?.field : '';
      if (field !== undefined) return [headerKey(title).key, field];
      const known = Object.entries(columns).map(([name, { label }]) => `${label}/${name}`);
      throw new RangeError(`--map 没有列“${target}”，可用：${known.join('、')}`);
    }),
  );
}
