import type { CheckName } from './doctor-checks.ts';

/*
 * What to change, by check and code. `{}` stands for what the verdict is about. Screens are named as 企业微信管理后台
 * (work.weixin.qq.com) names them. Source: wecom.md §1, §3.0, §3.15, §4.2, §6.
 */

const APP = '企业微信管理后台 → 应用管理 → 本应用';
const CONTACT = '企业微信管理后台 → 客户与上下游 → 客户联系';
const RECEIVE = `${APP} → 接收消息 → 设置 API 接收`;
const TRUSTED = `${APP} → 网页授权及 JS-SDK → 可信域名`;
const RESTART = '改过设置后要重新启动 Genjin 才会生效';

/** The ticket belongs to the app's pages, not to 客户联系. */
const TICKET_REFUSED = `${TRUSTED}：先填好可信域名并校验；并确认 WECOM_AGENT_SECRET 是本应用的 Secret，而不是通讯录或客户联系的`;

type Cures = Readonly<Record<string, string>>;

/** `*` is for every other code of the check. */
const CURES: Readonly<Partial<Record<CheckName, Cures>>> = {
  env_file: { '*': '用编辑器把 .env 另存为 UTF-8（无 BOM），再重新启动' },
  settings: { '*': '按上面每一行修改 .env（或环境变量）；.env.example 里有每一项的说明和例子' },
  api: {
    dns: '检查服务器的 DNS，以及 WECOM_API_URL 是否写对（官方地址是 https://qyapi.weixin.qq.com）',
    refused: '检查防火墙是否允许服务器访问外网 443 端口，以及 WECOM_API_URL 是否写对',
    timeout: '检查服务器到外网的网络、防火墙和 HTTPS_PROXY 代理设置',
    tls: '检查服务器的系统时间和根证书；中间有解密 HTTPS 的网关时，请把 qyapi.weixin.qq.com 加入直连',
    '*': '回答的不是企业微信：检查 WECOM_API_URL，以及中间的代理或网关（请放行 qyapi.weixin.qq.com）',
  },
  clock: { '*': '校准服务器时间（例如开启 chrony 或 systemd-timesyncd）；时间不准会让签名、令牌和提醒出错' },
  credentials: {
    '40013': '核对 WECOM_CORP_ID：企业微信管理后台 → 我的企业 → 企业信息 → 企业 ID',
    '40001': `核对 WECOM_AGENT_SECRET：${APP} → Secret（重新查看后，旧的立即失效）`,
    '40091': `核对 WECOM_AGENT_SECRET：${APP} → Secret（不要带空格或引号）`,
    '45009': '获取 access_token 过于频繁，已被暂时拦截：一小时后再试，并检查是否有别的程序在反复获取',
    '*': `核对 WECOM_CORP_ID（我的企业 → 企业信息）和 WECOM_AGENT_SECRET（${APP} → Secret）`,
  },
  trusted_ip: {
    '60020': `${APP} → 开发者接口 → 企业可信 IP：加入服务器的出口 IP {}，保存约一分钟后生效（须先设置可信域名或接收消息）`,
  },
  app_enabled: {
    '50003': `${APP}：应用已停用，点右上角的开关启用`,
    '*': `核对 WECOM_AGENT_ID：${APP} → AgentId，它必须与 Secret 属于同一个应用`,
  },
  visible_range: {
    no_departments: `需要识别主管和部门时，${APP} → 可见范围：加入部门，而不只是成员`,
    no_followers: `${APP} → 可见范围：加入要使用 Genjin 的部门；并在 ${CONTACT} → 权限配置 → 使用范围加入这些成员`,
    '*': `${APP} → 可见范围：加入要使用 Genjin 的部门和成员`,
  },
  contact_permission: {
    '48002': `${CONTACT} → API → 可调用接口的应用：勾选本应用`,
    '84074': `${CONTACT} → 权限配置 → 使用范围：加入成员；并在 API → 可调用接口的应用里勾选本应用`,
    '*': `${CONTACT} → API → 可调用接口的应用：确认已勾选本应用`,
  },
  product_apis: {
    '48002': `${CONTACT} → API → 可调用接口的应用：勾选本应用；标签、客户群、群发和批量读取都要它`,
    '60011': `${APP} → 可见范围：加入有客户的成员`,
    '*': `${CONTACT} → API → 可调用接口的应用：确认已勾选本应用；错误码的含义见 https://developer.work.weixin.qq.com/document/path/90313`,
  },
  members: {
    '*': '企业微信管理后台 → 通讯录：请这些成员登录企业微信完成激活（{}）；未激活的成员不能联系客户',
  },
  contact_secret: {
    '40001': `核对 WECOM_CONTACT_SECRET：${CONTACT} → API → Secret；2023-12-01 之后的企业没有它，请删去这项设置`,
    '60020': `${CONTACT} → API → 企业可信 IP：加入服务器的出口 IP {}`,
    '*': `核对 WECOM_CONTACT_SECRET：${CONTACT} → API → Secret；没有旧 Secret 的企业请删去这项设置`,
  },
  callback: {
    dns: '检查 PUBLIC_URL 的域名解析：{} 应指向服务器',
    refused: 'PUBLIC_URL 上没有服务在听：先启动 Genjin（npm start），再检查反向代理、端口和防火墙（{}）',
    timeout: '检查反向代理和防火墙：从外网要能访问 {}',
    tls: '检查 {} 的 HTTPS 证书：要完整、未过期，且与域名一致',
    another_server: 'PUBLIC_URL 到达的不是 Genjin：检查 PUBLIC_URL 和反向代理，{} 应转发到 Genjin',
    redirected: '反向代理不能跳转回调地址：{} 要直接转发到 Genjin，并让 PUBLIC_URL 与最终地址一致',
    wrong_token: `Token 不一致：WECOM_CALLBACK_TOKEN 要与 ${RECEIVE} 的 Token 相同。${RESTART}`,
    wrong_key: `EncodingAESKey 不一致：WECOM_CALLBACK_AES_KEY 要与 ${RECEIVE} 的 EncodingAESKey 相同。${RESTART}`,
    wrong_corp: `企业 ID 不一致：正在运行的 Genjin 属于另一个企业。核对 WECOM_CORP_ID（我的企业 → 企业信息 → 企业 ID）和 PUBLIC_URL，再到 ${RECEIVE} 保存。${RESTART}`,
    slow: '企业微信只等 1 秒：检查服务器负载和反向代理，否则在“设置 API 接收”里保存会失败',
    '*': `PUBLIC_URL 的回答不是解密后的 echostr：检查反向代理是否改写了请求参数或内容（{}），再到 ${RECEIVE} 保存`,
  },
  public_url: {
    not_public: `把 PUBLIC_URL 设为外网能访问的 https 域名；它也是 ${TRUSTED}和接收消息的域名`,
    ip_address: `把 PUBLIC_URL 设为域名而不是 IP：${TRUSTED}只接受已备案的域名`,
    not_https: '给域名配上 HTTPS 证书，并把 PUBLIC_URL 改为 https://…；否则登录信息会明文传输',
    '*': `把 PUBLIC_URL 写成 {}：不带路径、不带默认端口、全部小写，与 ${TRUSTED}完全一致`,
  },
  ownership_file: {
    unset: `${TRUSTED} → 申请校验域名：下载文件，把文件名填入 WECOM_VERIFY_FILE，Genjin 就会在域名根目录提供它`,
    '*': `{} 要返回归属文件的内容：${TRUSTED} → 申请校验域名，核对文件名与 WECOM_VERIFY_FILE，并让反向代理转发根目录。${RESTART}`,
  },
  corp_ticket: {
    '48002': TICKET_REFUSED,
    '45009': '本小时的 jsapi_ticket 次数已用完：一小时后恢复；检查是否有别的程序在反复获取',
  },
  app_ticket: {
    '48002': TICKET_REFUSED,
    '45009':
      '本小时的 jsapi_ticket 次数已用完（每个应用 100 次）：一小时后恢复；多个进程请设置 REDIS_URL，共用一份',
  },
  js_signature: {
    redirected: `侧边栏地址被跳转，签名会对不上：让 PUBLIC_URL 等于最终地址，并更新 ${TRUSTED}`,
    '*': '侧边栏页面打不开：先运行 npm run build 并重新启动，再检查反向代理是否转发 {}',
  },
  oauth: {
    '50001': `${TRUSTED}：填入 {}（域名和端口都要一致，前面不带 https://）`,
    '40013': '核对 WECOM_CORP_ID：企业微信管理后台 → 我的企业 → 企业信息 → 企业 ID',
    only_phone: `服务器看不出来，请用手机上的企业微信打开侧边栏试一次；出现 redirect_uri 错误时检查 ${TRUSTED}`,
    '*': '从服务器访问不到网页授权地址：检查 WECOM_OAUTH_URL；成员的手机能打开就不影响使用',
  },
  proxies: {
    '*': '把 TRUSTED_PROXIES 设为 Genjin 前面反向代理的层数（通常是 1），然后重新启动；反向代理要传 X-Forwarded-For',
  },
  database: {
    too_old: '升级 MongoDB 到 6.0 或更高版本；或删去 MONGODB_URI，使用内嵌数据库',
    index_missing: '重新启动 Genjin，它会补建索引（{}）；仍缺少时，请给数据库账号 readWrite 和 dbAdmin 权限',
    new_database: '数据库还是空的：启动一次 Genjin 就会建好',
    not_writable: '检查 MONGODB_URI 里账号的 readWrite 权限和磁盘空间；副本集请连接主节点',
    '*': '检查 MONGODB_URI 的地址、账号和防火墙；使用内嵌数据库时，检查 DATA_DIR 是否可写、是否被另一个进程占用（{}）',
  },
  disk: { '*': '清理 DATA_DIR 所在的磁盘，或把 DATA_DIR 移到更大的磁盘；磁盘满了，回调事件就存不下来' },
  redis: {
    none: '多个进程要共用令牌：设置 REDIS_URL，例如 redis://127.0.0.1:6379',
    '*': '检查 REDIS_URL 的地址、密码和防火墙（{}），并确认 Redis 已启动；只有一个进程时可以删去这项设置',
  },
  time_zone: {
    not_china:
      '公司在中国时，把 APP_TIMEZONE 设为 Asia/Shanghai，或删去这项设置，然后重新启动；确实在别的时区可以不改',
    '*': '定时任务按 APP_TIMEZONE 运行，日志按主机时区：确认 APP_TIMEZONE 是公司所在地，例如 Asia/Shanghai',
  },
  jobs: {
    missed:
      '有进程在运行定时任务（JOBS=on，或 npm run jobs）时，会在一分钟内自动补做；也可以立即运行：npm run cli -- job 任务名',
    '*': '确认有一个进程在运行定时任务（JOBS=on，或 npm run jobs）；也可以立即运行：npm run cli -- sync',
  },
  last_sync: {
    '*': '按上面的说明改好后，在管理后台「同步」里点“立即同步”，或运行 npm run cli -- sync',
  },
  admins: {
    none: '在 ADMIN_USERIDS 里填管理员的账号（通讯录 → 成员 → 账号），多个用逗号分隔',
    '*': '核对 ADMIN_USERIDS：要填通讯录里成员的“账号”，不是姓名或手机号（{}）',
  },
  events: {
    '*': `${RECEIVE}：保存回调 URL，并在同一屏勾选事件类型；两边的 Token 要相同。然后新加一个客户试试`,
  },
  notices: { '*': '在管理后台「提醒事项」里逐条处理；处理好的会自动消失' },
  inbox: {
    failed_events: '在管理后台「事件」里看原因，修好后点“重放”；或运行 npm run cli -- replay --failed',
    '*': '有事件等了太久：确认服务和定时任务在运行（JOBS=on），或运行 npm run cli -- job retry-inbox',
  },
  session_secret: {
    weak: '换一个随机的 SESSION_SECRET，例如 openssl rand -hex 32 的输出；更换后所有人要重新登录',
    '*': '设置 SESSION_SECRET（例如 openssl rand -hex 32 的输出）；多个进程必须相同',
  },
};

/** What a code means whichever check met it. Source: wecom.md §4.2. */
const ANYWHERE: Cures = {
  '41001':
    '请求到达企业微信时没有 access_token：中间的代理或网关去掉了网址里的参数，请让 qyapi.weixin.qq.com 直连',
  '84061':
    '所问的成员与客户之间没有联系关系：通常不是故障，该成员还没有客户；应有客户时，检查使用范围和可见范围',
  '-1': '企业微信系统繁忙：稍后再检查一次',
  '45009': '接口调用次数已用完：等一小时再试，并检查是否有别的程序在用同一个应用',
  '60020': `${APP} → 开发者接口 → 企业可信 IP：加入服务器的出口 IP {}`,
  '48002': `${CONTACT} → API → 可调用接口的应用：勾选本应用`,
  '60011': `${APP} → 可见范围：加入要使用 Genjin 的部门和成员`,
  '50003': `${APP}：应用已停用，点右上角的开关启用`,
};

const UNKNOWN =
  '检查到企业微信的网络和代理；错误码的含义见 https://developer.work.weixin.qq.com/document/path/90313';

/** What to change for `code` of a check, about `subject`. */
export function cureOf(name: CheckName, code: string, subject: string): string {
  const own = CURES[name] ?? {};
  const cure = own[code] ?? ANYWHERE[code] ?? own['*'] ?? UNKNOWN;
  return subject ? cure.replaceAll('{}', subject) : cure.replace(/（\{\}）|\s*\{\}\s*/g, '');
}
