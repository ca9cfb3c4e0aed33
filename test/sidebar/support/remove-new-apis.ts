import type { Page } from 'playwright-core';

/** What iOS 12 or Chromium 66 lacks, by where it lives. */
const NEWER: Readonly<Record<string, readonly string[]>> = {
  'Array.prototype': [
    'at',
    'flat',
    'flatMap',
    'findLast',
    'findLastIndex',
    'toReversed',
    'toSorted',
    'toSpliced',
    'with',
  ],
  Array: ['fromAsync'],
  'String.prototype': ['at', 'matchAll', 'replaceAll', 'isWellFormed', 'toWellFormed'],
  Object: ['fromEntries', 'groupBy', 'hasOwn'],
  Map: ['groupBy'],
  Promise: ['allSettled', 'any', 'try', 'withResolvers'],
  AbortSignal: ['any', 'timeout'],
  'Crypto.prototype': ['randomUUID'],
  'Element.prototype': ['replaceChildren', 'toggleAttribute', 'checkVisibility'],
  'Blob.prototype': ['text', 'arrayBuffer'],
  Intl: ['ListFormat', 'RelativeTimeFormat', 'Segmenter'],
  window: [
    'BroadcastChannel',
    'FinalizationRegistry',
    'HTMLDialogElement',
    'Iterator',
    'ResizeObserver',
    'WeakRef',
    'cookieStore',
    'navigation',
    'queueMicrotask',
    'requestIdleCallback',
    'scheduler',
    'structuredClone',
    'globalThis',
  ],
};

/** Takes away, before the page begins, what its oldest browsers lack. */
export const removeNewApis = (page: Page): Promise<unknown> =>
  page.addInitScript((newer) => {
    for (const [where, names] of Object.entries(newer)) {
      const holder = where.split('.').reduce<unknown>((at, name) => Reflect.get(Object(at), name), window);
      for (const name of names) Reflect.deleteProperty(Object(holder), name);
    }
  }, NEWER);
