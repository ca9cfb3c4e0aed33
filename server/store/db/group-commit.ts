/** At most so many entries share one write. */
const LARGEST_BATCH = 500;

type Waiting<Entry, Answer> = {
  entry: Entry;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
};

/**
 * Lets concurrent calls share one write: while a batch is on its way, later entries gather for the next one.
 * `write` gives one answer per entry, in order; when it throws, every entry of the batch is rejected.
 */
export function createGroupCommit<Entry, Answer>(
  write: (entries: Entry[]) => Promise<Answer[]>,
): (entry: Entry) => Promise<Answer> {
  const waiting: Waiting<Entry, Answer>[] = [];
  let isWriting = false;

  const writeAll = async () => {
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, LARGEST_BATCH);
      await write(batch.map(({ entry }) => entry)).then(
        (answers) =>
          batch.forEach(({ resolve, reject }, index) => {
            const answer = answers[index];
            if (answer === undefined) reject(new RangeError('a write gave fewer answers than entries'));
            else resolve(answer);
          }),
        (error: unknown) => batch.forEach(({ reject }) => reject(error)),
      );
    }
    isWriting = false;
  };

  return (entry) =>
    new Promise((resolve, reject) => {
      waiting.push({ entry, resolve, reject });
      if (!isWriting) void writeAll();
    });
}
