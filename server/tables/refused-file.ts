/** A file of which nothing can be taken in, and how to mend it, for people. */
export class RefusedFile extends Error {}
