/** Asks once for all who ask within `ms` of an answer, and once for all who ask at the same time. */
export function remembered<Answer>(ms: number, ask: () => Promise<Answer>): () => Promise<Answer> {
  let kept: { answer: Promise<Answer>; until: number } | null = null;
  return () => {
    if (kept && performance.now() < kept.until) return kept.answer;
    const answer = ask();
    const asked = { answer, until: Infinity };
    kept = asked;
    const settle = () => {
      asked.until = performance.now() + ms;
    };
    answer.then(settle, settle);
    return answer;
  };
}
