import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const isStory = ({ moduleId }: TestSpecification) => moduleId.includes('/test/end-to-end/');

/** Whole stories take longest: begun first, none of them is waited for at the end. */
class StoriesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(isStory), ...sorted.filter((file) => !isStory(file))];
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'packages/*/test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 90_000, // nothing is measured by these: they end what hangs, also on a machine that is busy
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    pool: 'forks',
    isolate: false, // a test shares nothing but loaded code with the next: loading it anew takes longer than most tests
    maxWorkers: 3, // two cores are a third idle with two: tests wait for the database, for browsers and for each other
    sequence: { sequencer: StoriesFirst },
  },
});
