import { z } from 'zod';
import { modeProblems, nameProblems } from './config-mode.ts';

/** Everything that can be set from outside. `.env.example` documents each key; a test compares the two. */
export type Config = Readonly<z.infer<typeof Settings>>;

const url = (name: string, example: string) =>
  z
    .url({ protocol: /^https?$/, error: `${name} must be an http(s) address, e.g. ${example}` })
    .transform((text) => text.replace(/\/+$/, ''));
const onOff = (name: string) => z.enum(['on', 'off'], { error: `${name} must be on or off, e.g. on` });
const port = (name: string, example: string) => {
  const wrong = `${name} must be a whole number from 0 to 65535, e.g. ${example}`;
  return z.coerce.number({ error: wrong }).int(wrong).min(0, wrong).max(65535, wrong);
};
const WRONG_PROXIES = 'TRUSTED_PROXIES must be a whole number from 0 to 10, e.g. 1';

const Settings = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'], {
      error: 'NODE_ENV must be development, test or production, e.g. production',
    })
    .default('development'),
  PORT: port('PORT', '3000').default(3000),
  HOST: z.string().min(1).optional(),
  PUBLIC_URL: url('PUBLIC_URL', 'https://crm.example.com').optional(),
  MONGODB_URI: z
    .string()
    .regex(
      /^mongodb(\+srv)?:\/\//,
      'MONGODB_URI must begin with mongodb://, e.g. mongodb://127.0.0.1:27017/genjin',
    )
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'REDIS_URL must begin with redis://, e.g. redis://127.0.0.1:6379')
    .optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  TRUSTED_PROXIES: z.coerce
    .number({ error: WRONG_PROXIES })
    .int(WRONG_PROXIES)
    .min(0, WRONG_PROXIES)
    .max(10, WRONG_PROXIES)
    .default(0),
  METRICS_TOKEN: z
    .string()
    .regex(/^\S+$/, 'METRICS_TOKEN must have no blanks, e.g. the output of: openssl rand -hex 16')
    .optional(),
  METRICS_PORT: port('METRICS_PORT', '9090').optional(),
  APP_TIMEZONE: z
    .string()
    .default('Asia/Shanghai')
    .refine(isTimeZone, 'APP_TIMEZONE must be an IANA time zone, e.g. Asia/Shanghai'),
  SESSION_SECRET: z
    .string()
    .min(32, 'SESSION_SECRET needs at least 32 characters, e.g. the output of: openssl rand -hex 32')
    .optional(),
  SESSION_SECRETS: z
    .string()
    .transform(partsOf)
    .refine(
      (secrets) => secrets.length > 0 && secrets.every((secret) => secret.length >= 32),
      'SESSION_SECRETS needs at least 32 characters in each secret of the comma list, the newest first, e.g. two outputs of: openssl rand -hex 32',
    )
    .optional(),
  AUDIT_SECRETS: z
    .string()
    .transform(partsOf)
    .refine(
      (secrets) => secrets.length > 0 && secrets.every((secret) => secret.length >= 32),
      'AUDIT_SECRETS needs at least 32 characters in each secret of the comma list, the newest first, e.g. the output of: openssl rand -hex 32',
    )
    .optional(),
  SANDBOX: onOff('SANDBOX').default('off'),
  WECOM_CORP_ID: z.string().min(1).optional(),
  WECOM_AGENT_ID: z.string().regex(/^\d+$/, 'WECOM_AGENT_ID must be a number, e.g. 1000002').optional(),
  WECOM_AGENT_SECRET: z.string().min(1).optional(),
  WECOM_CONTACT_SECRET: z.string().min(1).optional(),
  WECOM_CALLBACK_TOKEN: z
    .string()
    .regex(/^[A-Za-z0-9]{1,32}$/, 'WECOM_CALLBACK_TOKEN must have 1–32 letters and digits, e.g. QDG6eK')
    .optional(),
  WECOM_CALLBACK_AES_KEY: z
    .string()
    .regex(
      /^[A-Za-z0-9]{43}$/,
      'WECOM_CALLBACK_AES_KEY must have exactly 43 letters and digits, e.g. what 随机获取 beside it makes',
    )
    .optional(),
  WECOM_API_URL: url('WECOM_API_URL', 'https://qyapi.weixin.qq.com').default('https://qyapi.weixin.qq.com'),
  WECOM_OAUTH_URL: url('WECOM_OAUTH_URL', 'https://open.weixin.qq.com').default('https://open.weixin.qq.com'),
  WECOM_VERIFY_FILE: z
    .string()
    .regex(
      /^WW_verify_[A-Za-z0-9]{1,32}\.txt$/,
      'WECOM_VERIFY_FILE must be the name of the ownership file, e.g. WW_verify_abc123DEF456ghi7.txt',
    )
    .optional(),
  ADMIN_USERIDS: z.string().default('').transform(partsOf),
  CORP_NAME: z.string().max(50, 'CORP_NAME has at most 50 characters, e.g. 苏州恒锐').default(''),
  WELCOME_TEXT: z
    .string()
    .max(1000, 'WELCOME_TEXT has at most 1000 characters, e.g. 您好，很高兴认识您')
    .default(''),
  WEBHOOKS_TO_PRIVATE: onOff('WEBHOOKS_TO_PRIVATE').default('off'),
  JOBS: onOff('JOBS').default('on'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'LOG_LEVEL must be fatal, error, warn, info, debug, trace or silent, e.g. info',
    })
    .default('info'),
});

/** The names of all settings. */
export const SETTING_NAMES = Object.keys(Settings.shape);

/** Settings that are missing or wrong; the message lists each on a line of its own and never a value. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(
      `Genjin cannot start, ${problems.length} setting(s) need mending:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}

/** Reads the settings; empty texts count as absent. @throws {ConfigError} */
export function readConfig(environment: Environment): Config {
  const { config, problems } = examineSettings(environment);
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

type Environment = Record<string, string | undefined>;

/**
 * What can be read of the settings, wrong ones left at their defaults, and a line about each that is wrong or missing.
 * Every line begins with the setting's name and holds no value.
 */
export function examineSettings(environment: Environment): { config: Config; problems: string[] } {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const issues = Settings.safeParse(given).error?.issues ?? [];
  const wrong = new Set(issues.map(({ path }) => path[0]));
  const right = Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name)));
  const problems = [
    ...issues.map(({ message }) => message),
    ...nameProblems(given, SETTING_NAMES),
    ...modeProblems(given, right),
    ...clashing(right),
  ];
  return { config: Object.freeze(Settings.parse(right)), problems: [...new Set(problems)] };
}

/** What stands between the commas of a list, those of a Chinese keyboard, too; blanks and commas too many do not count. */
function partsOf(list: string): string[] {
  return list
    .split(/[,，、;；]/)
    .map((part) => part.trim())
    .filter(Boolean);
}

/** Two doors cannot stand in one place. */
const clashing = ({ PORT: port = '3000', METRICS_PORT: metricsPort }: Environment): string[] =>
  metricsPort !== undefined && Number(metricsPort) === Number(port) && Number(port) !== 0
    ? ['METRICS_PORT must differ from PORT, e.g. 9090']
    : [];

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
