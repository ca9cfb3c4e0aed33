import { expect, it } from 'vitest';
import { freeBytesAt } from '../../../server/boot/free-bytes.ts';

it('tells the room on the disk of a folder, and nothing of one that is not there', async () => {
  expect(await freeBytesAt(import.meta.dirname)).toBeGreaterThan(0);
  expect(await freeBytesAt(`${import.meta.dirname}/nowhere`)).toBeNull();
});
