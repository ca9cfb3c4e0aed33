import type { Page } from 'playwright-core';

/** Words of what can be tapped on screen, but not 21 px above and below its middle. */
export const smallTargets = (page: Page): Promise<(string | null)[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('button:enabled, a[href], label, summary')].flatMap((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      const hits = [y, y - 21, y + 21].map((level) => element.contains(document.elementFromPoint(x, level)));
      // What is covered cannot be tapped at all.
      return !hits[0] || !hits.includes(false) ? [] : [element.textContent];
    }),
  );
