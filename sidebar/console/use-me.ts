import { inject, provide, type InjectionKey } from 'vue';
import type { Me } from '../../server/api/contract/session.ts';

const ME: InjectionKey<Me> = Symbol('me');

export const provideMe = (me: Me) => provide(ME, me);

/** Who looks at the console. @throws outside of it */
export function useMe(): Me {
  const me = inject(ME);
  if (!me) throw new Error('nobody is inside');
  return me;
}
