import { shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { control, type PersonId, type SandboxState } from './control.ts';
import { firstPerson, isCustomer, isKnown } from './person.ts';

/** Who the page acts as, and how to become somebody else. */
export type Identity = {
  /** Who the page acts as; null until the state is there. */
  person: Readonly<Ref<PersonId | null>>;
  isSwitching: Readonly<Ref<boolean>>;
  /** Grows with every switch, so that frames start anew and sign in as the new person. */
  round: Readonly<Ref<number>>;
  /** Whose phone one last looked at; null: nobody's yet. */
  lastCustomer: Readonly<Ref<PersonId | null>>;
  /** @throws {ControlError} when the platform does not know the person. */
  become: (person: PersonId) => Promise<void>;
};

/** Who one is: the cookie of the sandbox decides, else the first seller. */
export function useIdentity(
  person: ShallowRef<PersonId | null>,
  state: Readonly<Ref<SandboxState>>,
): Identity {
  const isSwitching = shallowRef(false);
  const round = shallowRef(0);
  const lastCustomer = shallowRef<PersonId | null>(null);
  const become = async (next: PersonId): Promise<void> => {
    isSwitching.value = true;
    try {
      await control.becomePerson(next);
      // Without a session the product sends the frame through OAuth, which reads the new cookie.
      await fetch('/auth/logout', { redirect: 'manual' }).catch(() => null);
      person.value = next;
      round.value += 1;
    } finally {
      isSwitching.value = false;
    }
  };
  watch(person, (now) => {
    if (now !== null && isCustomer(now)) lastCustomer.value = now;
  });
  watch(state, (now) => {
    if (person.value !== null || isSwitching.value) return;
    if (now.person !== null && isKnown(now, now.person)) person.value = now.person;
    else {
      const first = firstPerson(now);
      if (first !== null) become(first).catch(() => null);
    }
  });
  return { person, isSwitching, round, lastCustomer, become };
}
