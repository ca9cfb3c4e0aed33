const page = (title: string, body: string, script: string): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>:root{color-scheme:light dark}body{font:15px/1.6 system-ui,sans-serif;margin:0;padding:16px}
.card{border:1px solid #8884;border-radius:12px;padding:14px 16px;margin-bottom:12px}button{min-height:44px;padding:0 18px}</style></head>
<body>${body}<script src="/${script}.js"></script></body></html>`;

/** Stand-ins for the product's pages: they say what the native bridge told them. */
export const PAGES: Record<string, { type: string; text: string }> = {
  '/sidebar/': {
    type: 'text/html',
    text: page(
      '侧边栏',
      '<div class="card"><strong id="who">…</strong></div><div class="card" id="context"></div><button id="log">写一条跟进</button>',
      'sidebar',
    ),
  },
  '/sidebar.js': {
    type: 'text/javascript',
    text: `const { sandboxClient } = parent;
const show = async () => {
  await sandboxClient.invoke('agentConfig', { err_msg: 'agentConfig:ok' });
  const context = await sandboxClient.invoke('getContext', {});
  const contact = await sandboxClient.invoke('getCurExternalContact', {});
  document.querySelector('#context').textContent = window.name + ' ' + sandboxClient.kind + ' ' + context.entry;
  document.querySelector('#who').textContent = contact.userId ?? contact.err_msg;
};
document.querySelector('#log').addEventListener('click', () => fetch('/api/v1/contacts/x/follow-ups', { method: 'POST' }));
show();`,
  },
  '/s/token': {
    type: 'text/html',
    text: page(
      '满意度问卷',
      '<h2>您愿意把我们推荐给同行吗？</h2><p id="kind"></p><button id="nine">9 分</button>',
      'survey',
    ),
  },
  '/survey.js': {
    type: 'text/javascript',
    text: `document.querySelector('#kind').textContent = window.name + ' ' + parent.sandboxClient.kind;
fetch('/api/v1/survey/token');
document.querySelector('#nine').addEventListener('click', () => fetch('/api/v1/survey/token', { method: 'POST' }));`,
  },
};
