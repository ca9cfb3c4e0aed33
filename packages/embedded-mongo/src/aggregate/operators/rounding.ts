/** Enough digits to see a tie exactly, and as many as `toFixed` gives. */
const TIE_DIGITS = 60;
const MAX_DIGITS = 100;

/** Rounds to `place` decimal places (negative: before the point); a tie goes to the even neighbour. */
export function roundTo(value: number, place: number): number {
  return atPlace(value, place, (kept, cut) => {
    const isTie = /^50*$/.test(cut);
    const lastDigit = Number(kept.at(-1) ?? '0');
    return cut >= '5' && !(isTie && lastDigit % 2 === 0);
  });
}

/** Cuts off everything behind `place` decimal places. */
export function truncTo(value: number, place: number): number {
  return atPlace(value, place, () => false);
}

/** Works on the exact decimal digits of the double, because `value * 10 ** place` would round by itself. */
function atPlace(value: number, place: number, roundsUp: (kept: string, cut: string) => boolean): number {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || size >= 1e21 || value === 0) return value;
  const fixed = size.toFixed(Math.min(MAX_DIGITS, Math.max(0, place) + TIE_DIGITS));
  const [whole = '0', fraction = ''] = fixed.split('.');
  const digits = whole.padStart(Math.max(0, -place) + 1, '0') + fraction;
  const cutAt = digits.length - fraction.length + place;
  const kept = digits.slice(0, cutAt);
  const units = BigInt(kept || '0') + (roundsUp(kept, digits.slice(cutAt)) ? 1n : 0n);
  return Math.sign(value) * Number(`${units}e${-place}`);
}
