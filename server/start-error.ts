/** Why the process cannot start, in words for whoever starts it: what is wrong and how to mend it. Never holds a secret. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
