/** 48 MB, as MongoDB allows. */
export const MAX_MESSAGE_BYTES = 48_000_000;
const HEADER_BYTES = 16;

/**
 * Puts chunks together to messages by the length each begins with.
 *
 * @returns what takes the next chunk; it throws a `RangeError` for a length that no message has.
 */
export function createFramer(emit: (message: Buffer) => void): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  let size = 0;
  return (chunk) => {
    parts.push(chunk);
    size += chunk.length;
    if (size < wantedBytes(parts)) return;
    let rest = parts.length === 1 ? chunk : Buffer.concat(parts, size);
    for (let length = wantedBytes([rest]); rest.length >= length; length = wantedBytes([rest])) {
      emit(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
    parts = rest.length > 0 ? [rest] : [];
    size = rest.length;
  };
}

/** The length of the message that begins with these bytes; that of a header while it cannot be known. */
function wantedBytes(parts: readonly Buffer[]): number {
  const [first] = parts;
  const head = first && first.length < 4 ? Buffer.concat(parts) : first;
  if (!head || head.length < 4) return HEADER_BYTES;
  const length = head.readInt32LE(0);
  if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES)
    throw new RangeError(`a message of ${length} bytes`);
  return length;
}
