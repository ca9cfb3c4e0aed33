import { describe, expect, it } from 'vitest';
import { isSandbox } from '../../../server/boot/config-mode.ts';
import { ConfigError, examineSettings, readConfig, SETTING_NAMES } from '../../../server/boot/config.ts';

/** Everything a real corp needs. */
const REAL = {
  WECOM_CORP_ID: 'ww1234567890abcdef',
  WECOM_AGENT_ID: '1000002',
  WECOM_AGENT_SECRET: 'agent-secret-0123456789',
  WECOM_CALLBACK_TOKEN: 'QDG6eK',
  WECOM_CALLBACK_AES_KEY: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  SESSION_SECRET: 'session-secret-0123456789-0123456789',
};

/** The lines of the refusal, one per setting; none when the settings are right. */
function problems(settings: Record<string, string | undefined>): string[] {
  try {
    readConfig(settings);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.replace(/^ {2}- /, ''));
  }
}

const WRONG: [string, string][] = [
  ['NODE_ENV', 'prod'],
  ['PORT', 'http'],
  ['PORT', '-1'],
  ['PORT', '65536'],
  ['PORT', '3000.5'],
  ['PUBLIC_URL', 'crm.firma.cn'],
  ['PUBLIC_URL', 'ftp://crm.firma.cn'],
  ['MONGODB_URI', '10.0.0.7:27017'],
  ['MONGODB_URI', 'postgres://127.0.0.1'],
  ['REDIS_URL', '10.0.0.7:6379'],
  ['APP_TIMEZONE', 'Peking'],
  ['SESSION_SECRET', 'too short'],
  ['SESSION_SECRETS', `${'n'.repeat(32)},too short`],
  ['SESSION_SECRETS', ','],
  ['SANDBOX', 'yes'],
  ['WECOM_AGENT_ID', 'ww1'],
  ['WECOM_CALLBACK_TOKEN', 'with-a-dash'],
  ['WECOM_CALLBACK_TOKEN', 'x'.repeat(33)],
  ['WECOM_CALLBACK_AES_KEY', 'x'.repeat(42)],
  ['WECOM_CALLBACK_AES_KEY', 'x'.repeat(44)],
  ['WECOM_CALLBACK_AES_KEY', `${'x'.repeat(42)}=`],
  ['WECOM_API_URL', 'qyapi.firma.cn'],
  ['WECOM_OAUTH_URL', 'open.firma.cn'],
  ['WECOM_VERIFY_FILE', 'verify.txt'],
  ['WECOM_VERIFY_FILE', 'WW_verify_.txt'],
  ['WECOM_VERIFY_FILE', '../WW_verify_abc.txt'],
  ['CORP_NAME', '名'.repeat(51)],
  ['WELCOME_TEXT', '好'.repeat(1001)],
  ['JOBS', 'false'],
  ['LOG_LEVEL', 'verbose'],
];

describe('a wrong setting', () => {
  it.each(WRONG)('%s is named once, with an example (case %#)', (name, value) => {
    const [line, ...rest] = problems({ [name]: value });
    expect(rest).toEqual([]);
    expect(line).toMatch(new RegExp(`^${name} `));
    expect(line).toMatch(/e\.g\. \S/);
  });

  it.each(WRONG)(
    '%s does not show up in the message: it may be a secret in the wrong place (case %#)',
    (name, value) => {
      const message = problems({ [name]: value }).join('\n');
      expect(message.includes(value) && value.length > 4).toBe(false);
    },
  );

  it('is not the only one: all are told at once', () => {
    const names = [...new Set(WRONG.map(([name]) => name))];
    const told = problems(Object.fromEntries(WRONG)).map((line) => line.split(' ')[0]);
    expect(told.sort()).toEqual(names.sort());
  });

  it('and a missing one are told at once', () => {
    const { WECOM_AGENT_SECRET: _, SESSION_SECRET: __, ...rest } = REAL;
    const told = problems({ ...rest, NODE_ENV: 'production', PORT: 'x', WECOM_AGENT_ID: 'y' }).map(
      (line) => line.split(' ')[0],
    );
    expect(told.sort()).toEqual(['PORT', 'SESSION_SECRET', 'WECOM_AGENT_ID', 'WECOM_AGENT_SECRET']);
  });

  it('is introduced by a sentence that counts them', () => {
    expect(() => readConfig({ PORT: 'x', JOBS: 'y' })).toThrow(
      /^Genjin cannot start, 2 setting\(s\) need mending:\n/,
    );
  });
});

describe('without a corp', () => {
  it('nothing needs to be set: the sandbox stands in, with the usual values', () => {
    const config = readConfig({});
    expect(isSandbox(config)).toBe(true);
    expect(config).toMatchObject({
      NODE_ENV: 'development',
      PORT: 3000,
      DATA_DIR: './data',
      APP_TIMEZONE: 'Asia/Shanghai',
      WECOM_API_URL: 'https://qyapi.weixin.qq.com',
      WECOM_OAUTH_URL: 'https://open.weixin.qq.com',
      ADMIN_USERIDS: [],
      JOBS: 'on',
      LOG_LEVEL: 'info',
    });
  });

  it('production is refused: nobody should run on made-up customers by mistake', () => {
    const [line, ...rest] = problems({ NODE_ENV: 'production' });
    expect(rest).toEqual([]);
    expect(line).toMatch(/^WECOM_CORP_ID is missing; e\.g\. ww/);
    expect(line).toContain('SANDBOX=on');
  });
});

describe('with a corp', () => {
  it('everything of the app is needed', () => {
    expect(isSandbox(readConfig(REAL))).toBe(false);
    for (const name of Object.keys(REAL).filter((name) => name !== 'WECOM_CORP_ID')) {
      const [line, ...rest] = problems({ ...REAL, NODE_ENV: 'production', [name]: undefined });
      expect(rest).toEqual([]);
      expect(line).toMatch(new RegExp(`^${name} is missing; e\\.g\\. `));
    }
  });

  it('the sandbox cannot be asked for, too', () => {
    const [line, ...rest] = problems({ ...REAL, SANDBOX: 'on' });
    expect(rest).toEqual([]);
    expect(line).toMatch(/^SANDBOX is on although WECOM_CORP_ID/);
  });

  it('everything that is missing is told at once', () => {
    expect(problems({ NODE_ENV: 'production', WECOM_CORP_ID: 'ww1' })).toHaveLength(5);
  });

  it('outside production a session secret is made, not asked for', () => {
    expect(problems({ ...REAL, SESSION_SECRET: undefined })).toEqual([]);
  });

  it('production needs nothing more', () => {
    expect(problems({ ...REAL, NODE_ENV: 'production' })).toEqual([]);
  });

  it('no secret is ever told, whatever else is wrong', () => {
    const secrets = [REAL.WECOM_AGENT_SECRET, REAL.WECOM_CALLBACK_AES_KEY, REAL.SESSION_SECRET];
    const told = problems({
      ...REAL,
      PORT: 'x',
      WECOM_CONTACT_SECRET: 'contact-secret-1',
      LOG_LEVEL: 'y',
    }).join('\n');
    for (const secret of [...secrets, 'contact-secret-1']) expect(told).not.toContain(secret);
  });
});

describe('a setting', () => {
  it.each(['', '   ', '\t'])('that is blank (“%s”) counts as absent', (blank) => {
    expect(readConfig(Object.fromEntries(SETTING_NAMES.map((name) => [name, blank])))).toEqual(
      readConfig({}),
    );
  });

  it('that lists userids may have blanks and commas too many', () => {
    expect(readConfig({ ADMIN_USERIDS: ' ZhangSan, lisi,,' }).ADMIN_USERIDS).toEqual(['ZhangSan', 'lisi']);
  });

  it.each(['，', '、', '；', ' ， '])('that lists userids may be parted by “%s”', (comma) => {
    expect(readConfig({ ADMIN_USERIDS: `ZhangSan${comma}lisi` }).ADMIN_USERIDS).toEqual(['ZhangSan', 'lisi']);
  });

  it('that lists secrets keeps their order, and does for production what one secret does', () => {
    const [newer, older] = ['n'.repeat(32), 'o'.repeat(32)];
    const given = { ...REAL, NODE_ENV: 'production', SESSION_SECRET: undefined };
    const { config, problems } = examineSettings({ ...given, SESSION_SECRETS: ` ${newer}, ${older},` });
    expect([config.SESSION_SECRETS, problems]).toEqual([[newer, older], []]);
  });

  it('that is an address loses the slash at its end', () => {
    const { PUBLIC_URL, WECOM_API_URL } = readConfig({
      SANDBOX: 'on',
      PUBLIC_URL: 'https://crm.example.com/',
      WECOM_API_URL: 'http://127.0.0.1:4000//',
    });
    expect([PUBLIC_URL, WECOM_API_URL]).toEqual(['https://crm.example.com', 'http://127.0.0.1:4000']);
  });

  it.each([
    ['PORT', '0'],
    ['PORT', '65535'],
    ['MONGODB_URI', 'mongodb+srv://user:pass@cluster.example.com/genjin'],
    ['REDIS_URL', 'rediss://:pass@redis.example.com:6380/1'],
    ['APP_TIMEZONE', 'UTC'],
    ['SESSION_SECRET', 'x'.repeat(32)],
    ['WECOM_CALLBACK_TOKEN', 'x'.repeat(32)],
    ['WECOM_CALLBACK_TOKEN', '1'],
    ['LOG_LEVEL', 'silent'],
  ])('%s may be %s', (name, value) => {
    expect(problems({ SANDBOX: 'on', [name]: value })).toEqual([]);
  });

  it('that nobody knows is none of ours', () => {
    expect(readConfig({ PATH: '/bin', HOME: '/root', LOGLEVEL: 'x', HOSTNAME: 'h' })).toEqual(readConfig({}));
  });

  it('cannot be changed afterwards', () => {
    const config = readConfig({});
    expect(() => Object.assign(config, { PORT: 1 })).toThrow(TypeError);
  });
});

describe('settings under examination', () => {
  it('are read as far as they are right; wrong ones stay at their defaults', () => {
    const { config, problems } = examineSettings({
      ...REAL,
      PORT: 'http',
      LOG_LEVEL: 'debug',
      JOBS: 'false',
    });
    expect(config).toMatchObject({
      PORT: 3000,
      LOG_LEVEL: 'debug',
      JOBS: 'on',
      WECOM_CORP_ID: REAL.WECOM_CORP_ID,
    });
    expect(problems.map((line) => line.split(' ')[0])).toEqual(['PORT', 'JOBS']);
  });

  it('name what is missing, each line beginning with the name', () => {
    const { problems } = examineSettings({ WECOM_CORP_ID: 'ww1', NODE_ENV: 'production' });
    expect(problems.map((line) => line.split(' ')[0])).toEqual([
      'WECOM_AGENT_ID',
      'WECOM_AGENT_SECRET',
      'WECOM_CALLBACK_TOKEN',
      'WECOM_CALLBACK_AES_KEY',
      'SESSION_SECRET',
    ]);
  });

  it('have no problems when a start has none', () => {
    expect(examineSettings(REAL)).toEqual({ config: readConfig(REAL), problems: [] });
  });
});
