/**
 * A running sum that keeps the rounding error of each step, as MongoDB's does:
 * ten times 0.1 is 1, in whatever order.
 */
export class ExactSum {
  private sum = 0;
  private rest = 0;

  add(value: number): void {
    const total = this.sum + value;
    const part = total - this.sum;
    const error = this.sum - (total - part) + (value - part);
    this.sum = total;
    if (Number.isFinite(error)) this.rest += error;
  }

  get value(): number {
    return Number.isFinite(this.sum) ? this.sum + this.rest : this.sum;
  }
}
