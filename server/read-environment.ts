import { existsSync } from 'node:fs';
import { ConfigError, readConfig, type Config } from './config.ts';

/** Reads `.env`, if there is one, and the environment; a wrong setting ends the process with one message and exit code 1. */
export function readEnvironment(): Config {
  if (existsSync('.env')) process.loadEnvFile('.env');
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
