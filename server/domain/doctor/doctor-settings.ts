import { failed, fine, skipped, warned, type Verdict } from './doctor-checks.ts';

/* Checks that need nobody else: what the settings say by themselves. */

/** The verdict on how `.env` is written; null: there is none. */
export function envFileVerdict(encoding: string | null): Verdict {
  const tried = '查看 .env 的编码';
  if (encoding === null) return skipped('没有 .env：设置来自环境变量');
  if (encoding === 'utf-8') return fine(tried, 'UTF-8');
  const name = encoding === 'gb18030' ? 'GBK' : 'UTF-16';
  return warned(tried, `看起来是 ${name}，已按它读取`, { code: 'not_utf8' });
}

/** The settings as a whole: each line names one that is wrong or missing. */
export function settingsVerdict(problems: readonly string[], isSandbox: boolean): Verdict {
  const tried = '读取环境变量和 .env';
  if (problems.length > 0) return failed(tried, problems.join('\n'), { code: 'wrong_settings' });
  return fine(tried, isSandbox ? '没有填写企业：沙箱模式' : '都能读懂，必填的都有');
}

/** Hosts that only this machine, or only this network, can reach. */
const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$/;
const PRIVATE =
  /^(10(\.\d+){3}|192\.168(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2}|.*\.(local|lan|internal))$/;
const IP = /^(\d+(\.\d+){3}|\[.*\])$/;

const hostOf = (url: string) => new URL(url).hostname;

/** The address that WeCom, staff and customers use. A platform that runs on this machine can reach this machine. */
export function publicUrlVerdict(publicUrl: string, apiUrl: string, isSandbox: boolean): Verdict {
  const tried = `PUBLIC_URL = ${publicUrl}`;
  if (isSandbox || LOOPBACK.test(hostOf(apiUrl))) return fine(tried, `${publicUrl}（平台也在本机）`);
  const { origin, protocol, hostname } = new URL(publicUrl);
  if (LOOPBACK.test(hostname) || PRIVATE.test(hostname))
    return failed(tried, '只有本机或内网能访问，企业微信到不了', { code: 'not_public' });
  if (IP.test(hostname)) return failed(tried, '是 IP 地址，不能成为可信域名', { code: 'ip_address' });
  if (origin !== publicUrl)
    return failed(tried, `浏览器会写成 ${origin}，与这里不一致`, { code: 'not_plain', subject: origin });
  if (protocol !== 'https:') return warned(tried, '没有使用 HTTPS', { code: 'not_https' });
  return fine(tried, publicUrl);
}

/**
 * How many proxies are expected. `wasMet`: one passed requests on although none is. We speak no HTTPS ourselves, so that an https
 * address needs one.
 */
export function proxiesVerdict(
  { trustedProxies, publicUrl, isSandbox }: { trustedProxies: number; publicUrl: string; isSandbox: boolean },
  wasMet: boolean,
): Verdict {
  const tried = `TRUSTED_PROXIES = ${trustedProxies}`;
  if (trustedProxies > 0) return fine(tried, `相信 X-Forwarded-For 最右边的 ${trustedProxies} 个地址`);
  if (wasMet)
    return warned(tried, '收到过反向代理转来的请求：所有访问者被当成同一个地址一起限流', { code: 'met' });
  if (!isSandbox && publicUrl.startsWith('https:'))
    return warned(tried, 'PUBLIC_URL 是 https，前面应有反向代理：所有访问者会被当成同一个地址', {
      code: 'https',
    });
  return fine(tried, '前面没有反向代理');
}

/** Jobs run in the corp's zone whatever the host's is; containers are in UTC, and anything else is worth a look. */
export function timeZoneVerdict(ours: string, hosts: string, now: Date): Verdict {
  const tried = `APP_TIMEZONE = ${ours}，主机时区 = ${hosts}`;
  if (offsetOf(ours, now) !== offsetOf(CHINA, now))
    return warned(tried, `提醒、节假日和报表按 ${ours} 计算，不是北京时间`, { code: 'not_china' });
  const isSame = offsetOf(ours, now) === offsetOf(hosts, now);
  if (isSame || offsetOf(hosts, now) === offsetOf('UTC', now))
    return fine(tried, `定时任务按 ${ours} 运行${isSame ? '' : '，主机是 UTC，互不影响'}`);
  return warned(tried, '两者不同', { code: 'differs' });
}

/** WeCom, the working days and the holidays are China's. */
const CHINA = 'Asia/Shanghai';

/** What a clock on the wall shows at `now`: equal texts, equal offsets. */
const offsetOf = (timeZone: string, now: Date) =>
  now.toLocaleString('en-CA', { timeZone, dateStyle: 'short', timeStyle: 'short' });

/** How a session secret came about; `weak` when it repeats a few characters. */
export type SecretState = 'set' | 'weak' | 'kept';

/** Even 32 random hexadecimal digits have more different characters than this, nearly always. */
const FEW_CHARACTERS = 8;

/** Judges a secret that is at least 32 characters long; null: not set. */
export function secretStateOf(secret: string | null): SecretState {
  if (secret === null) return 'kept';
  return new Set(secret).size < FEW_CHARACTERS ? 'weak' : 'set';
}

/** Several processes must seal with the same secret. */
export function sessionSecretVerdict(state: SecretState, isSandbox: boolean): Verdict {
  const tried = '查看 SESSION_SECRET（不显示内容）';
  if (state === 'weak') return warned(tried, '只有几种字符，容易被猜到', { code: 'weak' });
  if (state === 'set') return fine(tried, '已设置');
  if (isSandbox) return fine(tried, '沙箱自动生成，保存在 DATA_DIR');
  return warned(tried, '没有设置，用的是 DATA_DIR 里自动生成的', { code: 'kept_in_data_dir' });
}

/** Where a database or Redis is, without account and password. */
export function hostsOf(uri: string): string {
  return /^[a-z+]+:\/\/(?:[^/]*@)?([^/?]+)/.exec(uri)?.[1] ?? '';
}

/** The password inside a connection address, as it stands there; '' without. */
export function passwordOf(uri: string): string {
  return /^[a-z+]+:\/\/[^/]*?:([^/]*)@/.exec(uri)?.[1] ?? '';
}

/** Redis, which only several processes need. `at` null: not configured; `fault` null: it answered. */
export function redisVerdict(at: string | null, hasJobs: boolean, fault: string | null): Verdict {
  if (at === null && hasJobs) return skipped('没有设置 REDIS_URL：只有一个进程时不需要');
  if (at === null) return warned('REDIS_URL 没有设置', 'JOBS=off，说明不止一个进程', { code: 'none' });
  if (fault === null) return fine(`PING ${at}`, `${at} 有回应`);
  return failed(`PING ${at}`, fault, { code: 'unreachable', subject: at });
}
