/** The three groups of NPS answers. */
export type Band = 'promoter' | 'passive' | 'detractor';

/** 0–6 detractor, 7–8 passive, 9–10 promoter. Source: domain.md §11. */
export function bandOf(score: number): Band {
  if (score >= 9) return 'promoter';
  return score >= 7 ? 'passive' : 'detractor';
}
