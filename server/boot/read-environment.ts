import { ConfigError, examineSettings, readConfig, type Config } from './config.ts';
import { readEnvFile } from './env-file.ts';

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
export type CheckedEnvironment = { config: Config; problems: string[] };

/** The same without ending anything: wrong settings are left at their defaults and told. */
export function examineEnvironment(): CheckedEnvironment {
  loadFile();
  return examineSettings(process.env);
}

/** What the environment says already goes before the file. */
function loadFile(): void {
  const file = readEnvFile();
  if (!file) return;
  if (file.encoding !== 'utf-8')
    process.stderr.write(
      `.env is not written in UTF-8 but, as it seems, in ${file.encoding === 'gb18030' ? 'GBK' : 'UTF-16'}, and was read as such; save it as UTF-8 to be sure\n`,
    );
  for (const [name, value] of Object.entries(file.values)) process.env[name] ??= value;
}
