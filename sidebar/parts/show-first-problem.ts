/** Brings the first field of a form that is marked as wrong into sight, and the cursor into it. @returns false when none is marked */
export function showFirstProblem(form: string): boolean {
  const field = document.querySelector<HTMLElement>(`${form} [aria-invalid="true"]`);
  field?.focus({ preventScroll: true });
  field?.scrollIntoView({ block: 'center' });
  return field !== null;
}
