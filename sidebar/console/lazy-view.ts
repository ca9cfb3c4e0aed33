import { defineAsyncComponent, type Component } from 'vue';
import MissingView from './shell/MissingView.vue';
import Skeleton from './shell/Skeleton.vue';

/** ms before a tab that is still on its way shows grey shapes. */
const PATIENCE_MS = 150;

/** A tab that is fetched when it is opened for the first time. */
export const lazyView = (load: () => Promise<{ default: Component }>): Component =>
  defineAsyncComponent({
    loader: load,
    loadingComponent: Skeleton,
    errorComponent: MissingView,
    delay: PATIENCE_MS,
  });
