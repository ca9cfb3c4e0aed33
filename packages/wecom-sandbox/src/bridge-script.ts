/** As WeCom for Windows and WeChat for iPhone name themselves. Source: wecom.md §5.1. */
const WECOM_UA =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.0.0 Safari/537.36 ' +
  'wxwork/4.1.36 (MicroMessenger/6.2) WindowsWechat MailPlugin_Electron WeMail embeddisk';
const WECHAT_UA =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 ' +
  'MicroMessenger/8.0.50(0x18003231) NetType/WIFI Language/zh_CN';

/**
 * What the real client injects into the pages of its webview, as plain JavaScript: the user agent, and for WeCom the native
 * bridge. It must run first and synchronously, as the JS-SDK reads the user agent once when it is loaded.
 *
 * The frame's name, `wecom` or `wechat`, says which client it is; otherwise `parent.sandboxClient.kind`. Native calls go to
 * `parent.sandboxClient.invoke(name, params)`, a promise of the result with `err_msg`.
 */
export const BRIDGE_SCRIPT = `(function () {
  'use strict';
  function client() {
    try {
      return window.parent === window ? null : window.parent.sandboxClient || null;
    } catch (error) {
      return null;
    }
  }
  var named = window.name === 'wecom' || window.name === 'wechat' ? window.name : null;
  var kind = named || (client() || {}).kind;
  if (kind !== 'wecom' && kind !== 'wechat') return;
  var userAgent = kind === 'wecom' ? ${JSON.stringify(WECOM_UA)} : ${JSON.stringify(WECHAT_UA)};
  Object.defineProperty(window.navigator, 'userAgent', { configurable: true, get: function () { return userAgent; } });
  if (kind !== 'wecom') return;

  var allowed = null;
  function agentConfig(params) {
    var body = Object.assign({}, params, { url: window.location.href.split('#')[0] });
    return window.fetch('/sandbox/control/agent-config', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }).then(function (answer) { return answer.json(); }).then(function (result) {
      if (result.err_msg === 'agentConfig:ok') allowed = params.jsApiList || [];
      var parent = client();
      if (parent) Promise.resolve(parent.invoke('agentConfig', result)).catch(function () {}); // only the badge wants to know
      return result;
    });
  }
  function call(name, params) {
    if (name === 'agentConfig') return agentConfig(params);
    if (!allowed || allowed.indexOf(name) < 0) return Promise.resolve({ err_msg: name + ':fail, no permission' });
    var parent = client();
    if (!parent) return Promise.resolve({ err_msg: name + ':fail, no client' });
    return Promise.resolve(parent.invoke(name, params));
  }
  window.WeixinJSBridge = {
    invoke: function (name, params, callback) {
      new Promise(function (resolve) { resolve(call(name, params || {})); })
        .catch(function (error) { return { err_msg: name + ':fail, ' + (error && error.message || error) }; })
        .then(function (result) { if (callback) callback(result); });
    },
    on: function () {},
  };
})();
`;
