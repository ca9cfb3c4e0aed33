/** The first `most` bytes of a text in UTF-8, never half a character. */
export function cutBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  return Buffer.from(text).subarray(0, most).toString('utf8').replace(/�+$/, '');
}
