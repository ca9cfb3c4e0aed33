import { createHash, timingSafeEqual } from 'node:crypto';

/** The secret that an `Authorization` header carries; null for another header, or none. */
export const bearerOf = (authorization: string): string | null =>
  /^Bearer\s+(\S+)$/i.exec(authorization)?.[1] ?? null;

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Compares without telling by its time how much is right. */
export const isSameSecret = (shown: string | null, secret: string): boolean =>
  shown !== null && timingSafeEqual(digest(shown), digest(secret));
