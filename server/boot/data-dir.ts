import { join } from 'node:path';
import { isSandbox } from './config-mode.ts';
import type { Config } from './config.ts';

/** Where this installation keeps its files. The sandbox has a folder of its own, so that a real corp may move in beside it. */
export const dataDirOf = (config: Pick<Config, 'DATA_DIR' | 'WECOM_CORP_ID'>): string =>
  isSandbox(config) ? join(config.DATA_DIR, 'sandbox') : config.DATA_DIR;
