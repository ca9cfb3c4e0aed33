import { onScopeDispose } from 'vue';

/**
 * Where somebody went from what the page opened with, which is null. Steps are entries of the browser's history without an
 * address of their own: WeCom's licence is for the one that the page has.
 */
export type Step = { at: 'due' } | { at: 'contact'; externalUserId: string } | null;

/** The step that the history stands at; it outlasts a reload. */
export const stepNow = (): Step => (history.state as { step?: Step } | null)?.step ?? null;

/** Goes on, so that the browser's way back leads here again. */
export const goTo = (step: Step): void => history.pushState({ step }, '');

/** Calls back when somebody went back or forth. */
export function useSteps(show: (step: Step) => void): void {
  const turn = () => show(stepNow());
  window.addEventListener('popstate', turn);
  onScopeDispose(() => window.removeEventListener('popstate', turn));
}
