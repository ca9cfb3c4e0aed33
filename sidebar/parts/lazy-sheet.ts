import { createVNode, shallowRef, type Component, type FunctionalComponent } from 'vue';
import MissingSheet from './MissingSheet.vue';

/**
 * A sheet that is fetched when it is opened for the first time, so that the page itself stays light; one that could not be
 * fetched is tried again when it is opened again. Vue's own `defineAsyncComponent` would weigh on every page.
 */
export function lazySheet<Sheet extends Component>(load: () => Promise<{ default: Sheet }>): Sheet {
  const sheet = shallowRef<Component | null>(null);
  let isAsked = false;
  const fetch = () => {
    isAsked = true;
    load().then(
      (module) => (sheet.value = module.default),
      () => {
        sheet.value = MissingSheet;
        isAsked = false;
      },
    );
  };
  const placeholder: FunctionalComponent = (_props, { attrs }) => {
    if (!isAsked) fetch();
    return sheet.value && createVNode(sheet.value, attrs);
  };
  placeholder.inheritAttrs = false;
  return placeholder as unknown as Sheet;
}
