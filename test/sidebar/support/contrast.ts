/* oxlint-disable unicorn/consistent-function-scoping -- all of it runs inside the page, which knows nothing of this file */
import type { Page } from 'playwright-core';

/** Texts on the page whose contrast with what lies behind them is under 4.5 to 1, with the ratio. Source: WCAG 2.2, 1.4.3. */
export const contrastFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    type Colour = { rgb: number[]; alpha: number };
    const parse = (text: string): Colour => {
      const [r = 0, g = 0, b = 0, alpha = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
      return { rgb: [r, g, b], alpha };
    };
    const over = (top: Colour, ground: number[]) =>
      ground.map((channel, index) => (top.rgb[index] ?? 0) * top.alpha + channel * (1 - top.alpha));
    const groundOf = (element: Element): number[] => {
      const chain: Element[] = [];
      for (let each: Element | null = element; each; each = each.parentElement) chain.unshift(each);
      return chain.reduce<number[]>(
        (ground, each) => over(parse(getComputedStyle(each).backgroundColor), ground),
        [255, 255, 255],
      );
    };
    const light = (rgb: number[]) => {
      const [r = 0, g = 0, b = 0] = rgb.map((channel) => {
        const part = channel / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ratioOf = (element: Element) => {
      const ground = groundOf(element);
      const ink = over(parse(getComputedStyle(element).color), ground);
      const [dark = 0, bright = 0] = [light(ink), light(ground)].sort((a, b) => a - b);
      return (bright + 0.05) / (dark + 0.05);
    };
    const hasWords = (element: Element) =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    const isShown = (element: Element) =>
      element.checkVisibility() && !element.closest('.offscreen, :disabled');
    return [...document.querySelectorAll('body *')]
      .filter((element) => hasWords(element) && isShown(element))
      .flatMap((element) => {
        const ratio = ratioOf(element);
        return ratio < 4.5 ? [`${element.textContent?.trim().slice(0, 20)} ${ratio.toFixed(2)}`] : [];
      });
  });
