import { shallowRef } from 'vue';
import { readMembers } from './api.ts';

type Person = { staffId: string; name: string };

/** Members as forms offer them: everybody who works here, and whom else the pages have met. */
export const people = shallowRef<Person[]>([]);

/** Remembers who is met; nobody twice. */
export function meet(persons: readonly (Person | null)[]): void {
  const known = new Map(people.value.map((person) => [person.staffId, person]));
  for (const person of persons) if (person) known.set(person.staffId, person);
  if (known.size > people.value.length)
    people.value = [...known.values()].sort((a, b) => a.name.localeCompare(b.name, 'zh'));
}

let isAsked = false;

/** Reads who works here, once; until then, and when it fails, those who were met are offered. */
export async function askForMembers(): Promise<void> {
  if (isAsked) return;
  isAsked = true;
  try {
    meet((await readMembers()).members);
  } catch {
    isAsked = false;
  }
}

/** What a member is called; the account name of whom nobody has met. */
export const nameOf = (id: string): string => people.value.find(({ staffId }) => staffId === id)?.name ?? id;

/** How a member is offered, so that two of one name can be told apart. */
export const personText = ({ staffId, name }: Person) => `${name}（${staffId}）`;

/** The member who is meant: one of those offered, by name alone, or an account name as it was typed. */
export function staffIdOf(typed: string): string {
  const text = typed.trim();
  const found = people.value.find((person) => [personText(person), person.name].includes(text));
  return found?.staffId ?? text;
}

/** The members named in a text, one a line or between commas. */
export const staffIdsIn = (typed: string): string[] =>
  typed
    .split(/[、，,；;\n]+/)
    .map(staffIdOf)
    .filter(Boolean);
