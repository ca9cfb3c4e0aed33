const megabytes = () => process.memoryUsage().rss / 1e6;

/** The most memory that this process had since, in MB. */
export function watchMemory(): { peakMb: () => number } {
  let peak = megabytes();
  setInterval(() => (peak = Math.max(peak, megabytes())), 20).unref();
  return { peakMb: () => peak };
}
