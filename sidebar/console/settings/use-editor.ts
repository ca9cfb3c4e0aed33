import { inject, provide, type Component, type InjectionKey, type Ref } from 'vue';
import type { Json } from './draft.ts';

/** What every field of an open section shares. Paths are relative to the section. */
export type Editor = {
  section: string;
  /** Shows a value of whatever kind; passed along, since groups hold values and values are groups. */
  field: Component;
  draft: Readonly<Ref<Json>>;
  set: (path: readonly string[], value: Json) => void;
  /** What is wrong with the field at `path`; '' when nothing is. */
  problemOf: (path: readonly string[]) => string;
};

const EDITOR: InjectionKey<Editor> = Symbol('editor');

export const provideEditor = (editor: Editor) => provide(EDITOR, editor);

/** @throws when no section is open */
export function useEditor(): Editor {
  const editor = inject(EDITOR);
  if (!editor) throw new Error('no section is open');
  return editor;
}
