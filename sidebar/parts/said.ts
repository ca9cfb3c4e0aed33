/** Something that can be done about what was said. */
export type SaidAct = { label: string; run: () => void };

/** A passing word on what was tried: a text says that it is done, `refused` that it is not; `act` can be tapped for a while. */
export type Said = string | { refused: string } | { done: string; act: SaidAct };
