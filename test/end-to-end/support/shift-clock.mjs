/** Loaded before anything else: this process lives `CLOCK_OFFSET_MS` later than the machine. Time flows as usual. */
const offsetMs = Number(process.env['CLOCK_OFFSET_MS'] ?? 0);
const RealDate = Date;

globalThis.Date = new Proxy(RealDate, {
  construct: (_, args, target) =>
    Reflect.construct(RealDate, args.length > 0 ? args : [RealDate.now() + offsetMs], target),
  apply: () => new Date().toString(),
  get: (date, key) => (key === 'now' ? () => RealDate.now() + offsetMs : Reflect.get(date, key)),
});
RealDate.prototype.constructor = globalThis.Date;
