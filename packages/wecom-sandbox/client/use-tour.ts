import { computed, watch, type ComputedRef, type ShallowRef } from 'vue';
import { isDone, nextStep, TOUR, type Mark, type TourStep } from './tour.ts';
import { useMemory } from './use-memory.ts';

/** The checklist and what was seen of it. */
export type Tour = {
  marks: Readonly<ShallowRef<Mark[]>>;
  /** Milliseconds since 1970; what happened earlier does not count. */
  sinceMs: Readonly<ShallowRef<number>>;
  doneCount: ComputedRef<number>;
  next: ComputedRef<TourStep | undefined>;
  isDismissed: ShallowRef<boolean>;
  see: (marks: Mark[]) => void;
  restart: () => void;
};

/** The checklist's memory; it survives a reload. */
export function useTour(onStepDone: (step: TourStep) => void): Tour {
  const marks = useMemory<Mark[]>('tour.marks', []);
  const sinceMs = useMemory('tour.since', Date.now());
  const isDismissed = useMemory('tour.dismissed', false);
  const see = (seen: Mark[]): void => {
    const fresh = seen.filter((mark) => !marks.value.includes(mark));
    if (fresh.length > 0) marks.value = [...marks.value, ...fresh];
  };
  watch(marks, (now, before) => {
    const step = TOUR.find((one) => isDone(one, now) && !isDone(one, before));
    if (step && now.length > before.length) onStepDone(step);
  });
  return {
    marks,
    sinceMs,
    doneCount: computed(() => TOUR.filter((step) => isDone(step, marks.value)).length),
    next: computed(() => nextStep(marks.value)),
    isDismissed,
    see,
    restart: () => {
      marks.value = [];
      sinceMs.value = Date.now();
      isDismissed.value = false;
    },
  };
}
