import type { Component } from 'vue';
import { lazyPart } from '../parts/lazy-sheet.ts';
import MissingView from './shell/MissingView.vue';
import Skeleton from './shell/Skeleton.vue';

/** A tab that is fetched when it is opened for the first time. */
export const lazyView = (load: () => Promise<{ default: Component }>): Component =>
  lazyPart(load, { waiting: Skeleton, missing: MissingView });
