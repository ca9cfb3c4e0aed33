/** The same row so many times. */
export function times<Row>(count: number, row: Row): Row[] {
  return Array.from({ length: count }, () => row);
}
