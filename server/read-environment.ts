import { existsSync } from 'node:fs';
import { ConfigError, examineSettings, readConfig, type Config } from './config.ts';

/** Reads `.env`, if there is one, and the environment; a wrong setting ends the process with one message and exit code 1. */
export function readEnvironment(): Config {
  loadFile();
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/** Settings as they are, and what is wrong with them. */
export type Examined = { config: Config; problems: string[] };

/** The same without ending anything: wrong settings are left at their defaults and told. */
export function examineEnvironment(): Examined {
  loadFile();
  return examineSettings(process.env);
}

function loadFile(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}
