import { shallowRef, type ShallowRef } from 'vue';

/** A note: something was done, or refused. */
export type Toast = { id: number; tone: 'done' | 'failed'; text: string };
export type Toasts = {
  list: Readonly<ShallowRef<Toast[]>>;
  show: (tone: Toast['tone'], text: string) => void;
};

const SHOWN_MS = 4000;

/** Short notes that go away by themselves. */
export function useToasts(): Toasts {
  const list = shallowRef<Toast[]>([]);
  let count = 0;
  const show = (tone: Toast['tone'], text: string): void => {
    count += 1;
    const id = count;
    list.value = [...list.value.slice(-2), { id, tone, text }];
    setTimeout(() => (list.value = list.value.filter((toast) => toast.id !== id)), SHOWN_MS);
  };
  return { list, show };
}
