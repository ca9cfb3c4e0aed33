import type { Asked, NpsFigure } from './nps.ts';

/**
 * The score with its interval, or the counts under ten answers; always how many were asked, got the question and answered.
 * Where the interval is empty (everybody answered, or all the same) it says nothing, and is left out. Source: domain.md §11, §14.
 */
export function npsText({ score, margin, ...figure }: NpsFigure & Asked): string {
  const { promoters, passives, detractors } = figure;
  const counts = `推荐 ${promoters}、中立 ${passives}、贬损 ${detractors}`;
  if (score === null) return `${heardText(figure)}，${counts}（不足 10 份，不计分）`;
  const interval = margin ? ` ± ${margin}` : '';
  return `${score > 0 ? '+' : ''}${score}${interval}（${heardText(figure)}；${counts}）`;
}

/** How many got a message made for them, had it sent to them, and answered. */
function heardText({ n, sent, delivered }: Asked & { n: number }): string {
  if (delivered === 0) return `${n} 人作答`;
  if (n === delivered && sent <= delivered) return `${n} 人全部作答`;
  const waiting = sent > delivered ? `，${sent - delivered} 人待员工确认发送` : '';
  return `送达 ${delivered} 人，${n} 人作答${waiting}`;
}
