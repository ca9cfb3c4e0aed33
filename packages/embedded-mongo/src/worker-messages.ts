/** What the worker is told when it starts. */
export type WorkerOptions = { readonly dir: string; readonly socketPath: string };

/** What the opening thread asks of the worker. */
export type ToWorker = { readonly kind: 'close' } | { readonly kind: 'sweep'; readonly now: Date };

/** What the worker answers. */
export type FromWorker =
  | { readonly kind: 'listening' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'swept'; readonly removed: number }
  | { readonly kind: 'failed'; readonly message: string };
