import { onMounted, ref, shallowRef } from 'vue';

/** Something that a sheet reads when it opens; `value` null until it is there. */
export function useRead<Answer>(read: () => Promise<Answer>) {
  const value = shallowRef<Answer | null>(null);
  const isBroken = ref(false);
  const reload = async () => {
    isBroken.value = false;
    try {
      value.value = await read();
    } catch {
      isBroken.value = true;
    }
  };
  onMounted(reload);
  return { value, isBroken, reload };
}
