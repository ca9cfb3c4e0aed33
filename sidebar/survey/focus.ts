import type { Directive } from 'vue';

/** Moves the focus to a step's heading, so that keyboards and screen readers go along with the page. */
export const vFocus: Directive<HTMLElement> = {
  mounted: (heading) => heading.focus({ preventScroll: true }),
};
