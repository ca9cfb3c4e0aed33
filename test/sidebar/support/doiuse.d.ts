/* What we use of doiuse, whose own types its `exports` hide. */
declare module 'doiuse' {
  import type { Node, Root } from 'postcss';

  export default class DoIUse {
    constructor(options: {
      browsers: string[];
      onFeatureUsage: (found: { feature: string; usage: Node }) => void;
    });
    postcss(root: Root): void | Promise<void>;
  }
}
