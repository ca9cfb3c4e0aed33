/** A cell as a file holds it. `serial`: a day with its time, counted from 30 December 1899. */
export type Cell = string | number | boolean | { serial: number };

/** A row of a file with the line (or sheet row) it stands in, counted from 1. */
export type Line = { line: number; cells: readonly Cell[]; isHidden?: boolean };
