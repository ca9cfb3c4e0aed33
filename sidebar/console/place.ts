import { computed, ref } from 'vue';

const hash = ref(location.hash);
addEventListener('hashchange', () => (hash.value = location.hash));

/**
 * Where in the console one is: `#tab`, or `#tab/thing` while one thing is open; `#tab?key=value` narrows its list, as links in
 * messages do. The address remembers it over a reload.
 */
export const place = computed(() => {
  const [path = '', wish = ''] = hash.value.slice(1).split('?');
  const [tab = '', thing = ''] = path.split('/');
  return { tab, thing, wish: new URLSearchParams(wish) };
});

/** To another tab, without a new entry in the history; a thing is opened by a link, which the way back closes. */
export function goTo(tab: string): void {
  history.replaceState(null, '', `#${tab}`);
  hash.value = location.hash;
}

/** The address of an account. */
export const accountLink = (id: string) => `#accounts/${id}`;
