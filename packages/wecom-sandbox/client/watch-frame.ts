/** A request made by a page inside a frame; `count` says how often the page asked this path so far. */
export type FrameRequest = { path: string; count: number; status: number };

type FrameWindow = Window & { PerformanceObserver?: typeof PerformanceObserver };

/** The HTTP status with which the frame's page was delivered; 0 when the browser does not say. */
export function pageStatus(frame: HTMLIFrameElement): number {
  const entries = frame.contentWindow?.performance.getEntriesByType('navigation') ?? [];
  const [page] = entries;
  return page && 'responseStatus' in page && typeof page.responseStatus === 'number'
    ? page.responseStatus
    : 0;
}

/** Tells of every successful request of the page now in the frame; a page of another origin stays private. */
export function watchFrame(frame: HTMLIFrameElement, onRequest: (request: FrameRequest) => void): void {
  const inside: FrameWindow | null = frame.contentWindow;
  const Observer = inside?.PerformanceObserver;
  if (!Observer) return;
  const counts = new Map<string, number>();
  const observer = new Observer((list) => {
    for (const entry of list.getEntries()) {
      const status =
        'responseStatus' in entry && typeof entry.responseStatus === 'number' ? entry.responseStatus : 0;
      if (status >= 400) continue;
      const path = new URL(entry.name, location.href).pathname;
      const count = (counts.get(path) ?? 0) + 1;
      counts.set(path, count);
      onRequest({ path, count, status });
    }
  });
  observer.observe({ type: 'resource', buffered: true });
}
