import { defineAsyncComponent, type Component } from 'vue';
import MissingSheet from './MissingSheet.vue';

/** A sheet that is fetched when it is opened for the first time, so that the page itself stays light. */
export const lazySheet = <Sheet extends Component>(load: () => Promise<{ default: Sheet }>): Sheet =>
  defineAsyncComponent<Sheet>({
    loader: () => load().then((module) => module.default),
    errorComponent: MissingSheet,
  });
