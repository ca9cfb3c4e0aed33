/** A request that breaks one of WeCom's documented limits. It was not sent; `field` is WeCom's own name, with its place. */
export class WecomLimitError extends RangeError {
  readonly path: string;
  readonly field: string;
  readonly rule: string;

  constructor(path: string, field: string, rule: string) {
    super(`${path} was not called: ${field || 'the request'} ${rule}`);
    this.name = 'WecomLimitError';
    this.path = path;
    this.field = field;
    this.rule = rule;
  }
}
