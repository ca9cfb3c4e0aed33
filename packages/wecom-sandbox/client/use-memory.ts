import { shallowRef, watch, type ShallowRef } from 'vue';

function read<Value>(key: string, fallback: Value): Value {
  try {
    const kept = localStorage.getItem(key);
    return kept === null ? fallback : JSON.parse(kept);
  } catch {
    return fallback;
  }
}

/** A value that survives a reload; where the browser keeps nothing it lives as long as the page. */
export function useMemory<Value>(name: string, fallback: Value): ShallowRef<Value> {
  const key = `genjin.sandbox.${name}`;
  const value = shallowRef(read(key, fallback));
  watch(value, (now) => {
    try {
      localStorage.setItem(key, JSON.stringify(now));
    } catch {
      // A browser that keeps nothing is no reason to stop.
    }
  });
  return value;
}
