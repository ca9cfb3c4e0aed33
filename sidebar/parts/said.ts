/** A passing word on what was tried: a text says that it is done, `refused` that it is not. */
export type Said = string | { refused: string };
