/** Enough of an id to tell two apart on one screen, and too little to know somebody by: the beginning and the end. */
export function shortId(id: string): string {
  const shown = Math.min(4, Math.floor(id.length / 4));
  return `${id.slice(0, shown)}…${shown > 0 ? id.slice(-shown) : ''}`;
}
