import { Catalog } from '../storage/catalog.ts';
import { openStore } from '../storage/store.ts';
import type { Store } from '../storage/store.ts';
import type { Request } from '../wire/message.ts';
import type { Answer } from '../wire/reply.ts';
import { Cursors } from './cursors.ts';
import { WriteQueue, type Steps } from './write-queue.ts';

/** Everything a command works with. */
export type Engine = {
  readonly store: Store;
  readonly catalog: Catalog;
  readonly writes: WriteQueue;
  readonly cursors: Cursors;
  readonly startedAt: Date;
  readonly now: () => Date;
};

/** One command on its way. */
export type Call = { readonly engine: Engine; readonly request: Request; readonly connectionId: number };

type Fields = 'any' | { readonly known: readonly string[]; readonly refused?: readonly string[] };

/** What a command does, and what else may stand in it; `any` for those that pass over what they do not know. */
export type Command =
  /** Runs within the shared transaction. */
  | { readonly isWrite: true; readonly fields: Fields; readonly run: (call: Call) => Answer }
  /** Runs within shared transactions, and may rest between them; `alone`: other writes wait for all of it. */
  | {
      readonly isWrite: 'in steps' | 'alone in steps';
      readonly fields: Fields;
      readonly run: (call: Call) => Steps<Answer>;
    }
  /** Runs at once, and may rest in between. */
  | {
      readonly isWrite: false;
      readonly fields: Fields;
      readonly run: (call: Call) => Answer | Promise<Answer>;
    };

/** Commands by name. */
export type CommandTable = Readonly<Record<string, Command>>;

/** Opens the files in `dir`. `slices` measures how long writes may hold the thread. */
export function openEngine(dir: string, slices?: ConstructorParameters<typeof WriteQueue>[2]): Engine {
  const store = openStore(dir);
  const catalog = new Catalog(store);
  store.transact(() => catalog.clearUnfinished());
  return {
    store,
    catalog,
    writes: new WriteQueue(store, catalog, slices),
    cursors: new Cursors(Date.now),
    startedAt: new Date(),
    now: () => new Date(),
  };
}
