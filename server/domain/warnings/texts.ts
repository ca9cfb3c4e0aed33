import { linkedName, listText } from '../texts.ts';
import type { WarningLevel } from './kinds.ts';

const LEVEL_NAMES: Readonly<Record<WarningLevel, string>> = { high: '高', medium: '中', low: '低' };
const LEVEL_ORDER: readonly WarningLevel[] = ['high', 'medium', 'low'];

/** One line of a message; `text` is a warning's own. */
export type NotifiedWarning = { accountName: string; level: WarningLevel; text: string; link: string | null };

/** All that one person is told of at a time, the gravest first. Source: domain.md §12. */
export function warningsText(warnings: readonly NotifiedWarning[]): string {
  const sorted = warnings.toSorted((a, b) => LEVEL_ORDER.indexOf(a.level) - LEVEL_ORDER.indexOf(b.level));
  const lines = sorted.map(
    ({ accountName, level, text, link }) =>
      `· [${LEVEL_NAMES[level]}] ${linkedName(accountName, link)}：${text.replace(/[<>&"\r\n]/g, ' ')}`,
  );
  const restOf = (shown: number) =>
    shown < sorted.length ? `……另有 ${sorted.length - shown} 条，请在管理后台查看` : '';
  return listText({ head: `【客户预警】${sorted.length} 条`, lines: lines.slice(0, SHOWN), restOf });
}

const SHOWN = 10;
