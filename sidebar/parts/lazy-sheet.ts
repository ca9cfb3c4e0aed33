import { createVNode, shallowRef, type Component, type FunctionalComponent } from 'vue';
import MissingSheet from './MissingSheet.vue';

/** What stands in for a component: while it is on its way, and when it could not be fetched. */
export type StandIns = { waiting: Component | null; missing: Component };

/**
 * A component that is fetched when it is shown for the first time, so that the page itself stays light; one that could not be
 * fetched is tried again when it is shown again. Vue's own `defineAsyncComponent` would weigh on every page.
 */
export function lazyPart<Part extends Component>(
  load: () => Promise<{ default: Part }>,
  { waiting, missing }: StandIns,
): Part {
  const part = shallowRef<Component | null>(waiting);
  let isAsked = false;
  const fetch = () => {
    isAsked = true;
    load().then(
      (module) => (part.value = module.default),
      () => {
        part.value = missing;
        isAsked = false;
      },
    );
  };
  const placeholder: FunctionalComponent = (_props, { attrs }) => {
    if (!isAsked) fetch();
    return part.value && createVNode(part.value, attrs);
  };
  placeholder.inheritAttrs = false;
  return placeholder as unknown as Part;
}

/** A sheet that is fetched when it is opened for the first time. */
export const lazySheet = <Sheet extends Component>(load: () => Promise<{ default: Sheet }>): Sheet =>
  lazyPart(load, { waiting: null, missing: MissingSheet });
