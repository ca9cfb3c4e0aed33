/** What administrators are told when a reverse proxy stands in front of us and the settings do not say so. */
export const PROXY_NOTICE = {
  kind: 'proxy-not-trusted',
  subject: '',
  text:
    '请求经过了反向代理，但没有设置 TRUSTED_PROXIES：所有访问者会被当成同一个地址一起限流。' +
    '请把 TRUSTED_PROXIES 设为反向代理的层数（通常是 1），然后重新启动',
} as const;
