import { openPromise, type Entry, type ZipFile } from 'yauzl';

/** A zip archive by the names of its files. */
export type Zip = {
  /** A file as text, piece by piece; null when there is none of that name. */
  text: (name: string) => AsyncIterable<string> | null;
  names: readonly string[];
  close: () => void;
};

/** Opens a zip archive; nothing but its list is read until a file is asked for. */
export async function openZip(file: string): Promise<Zip> {
  const zip = await openPromise(file, { lazyEntries: true, autoClose: false });
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  return {
    names: [...entries.keys()],
    text(name) {
      const entry = entries.get(name);
      return entry ? textOf(zip, entry) : null;
    },
    close: () => zip.close(),
  };
}

async function* textOf(zip: ZipFile, entry: Entry): AsyncGenerator<string> {
  const stream = await zip.openReadStreamPromise(entry);
  const decoder = new TextDecoder('utf-8');
  for await (const bytes of stream as AsyncIterable<Buffer>) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}
