/** All wording of the page. */
export const T = {
  brand: 'Genjin 跟进',
  sandbox: '沙箱',
  console: '打开管理后台',
  sandboxHint: '这里模拟企业微信：不需要真实企业，随便点，不会打扰任何人',
  loading: '正在打开沙箱…',
  offline: '连不上沙箱',
  offlineHint: '请确认服务还在运行（npm start），然后重试。',
  retry: '重试',
  stale: '和服务的连接断了，正在重试…',
  noPeople: '沙箱里还没有成员',
  close: '关闭',
  cancel: '取消',
  save: '保存',
  back: '返回',
  failed: (why: string) => `没有成功：${why}`,
  unreachable: '连不上服务，请稍后再试',
};

/** Choosing who one is. */
export const PEOPLE = {
  title: '选择身份',
  staff: '同事',
  customer: '客户',
  phone: '客户手机',
  phoneHint: '客户视角',
  leader: '经理',
  choosePhone: '看谁的手机？',
  search: '搜索姓名或公司',
  strangers: '还没有加好友',
  followed: '已有好友',
  none: '没有找到',
  news: '有群发',
  followers: (count: number) => (count === 0 ? '无人跟进' : `${count} 位销售`),
  tabs: { who: '身份', chats: '聊天', phone: '手机', side: '侧边栏', log: '日志' },
};

/** Chats of a member. */
export const CHAT = {
  title: '聊天',
  add: '添加客户',
  search: '搜索客户',
  none: '还没有客户',
  noneHint: '点上面的“添加客户”，看看系统怎么反应。',
  notFound: '没有匹配的客户',
  app: '应用消息',
  noTasks: '暂无待确认的群发',
  noTags: '还没有标签，稍等几秒…',
  gone: '已被对方删除',
  goneHint: '对方把你删除了，消息发不出去。跟进记录和客户资料都还在。',
  remark: '备注',
  remove: '删除',
  write: '发消息…',
  send: '发送',
  emptyChat: '已经成为好友，可以开始聊天了',
  emptyApp: '还没有应用消息。到期提醒和经理日报会发到这里。',
  emptyTasks: '没有群发任务。系统发起 NPS 后，由你本人确认才会发给客户。',
  choose: '选择一个聊天',
  chooseHint: '左边选一位客户，右边就会打开他的侧边栏。',
  openLink: '打开',
};

/** Mass messages. */
export const TASK = {
  from: (app: string) => `${app} 请你确认群发`,
  recipients: (count: number) => `发给 ${count} 位客户`,
  more: (count: number) => `还有 ${count} 位`,
  confirm: '确认发送',
  waiting: '待你确认',
  sent: '已发送',
  cancelled: '已取消',
  done: (count: number) => `已群发给 ${count} 位客户`,
  look: '到客户手机上作答：',
};

/** Dialogs. */
export const DIALOG = {
  add: '添加客户',
  addHint: '相当于扫码加好友：平台会回调 add_external_contact，系统随后建档、打标签。',
  fromStranger: '选一位',
  byName: '新建一位',
  name: '姓名',
  namePlaceholder: '例如：周文博',
  corp: '企业',
  corpPlaceholder: '例如：启明精密',
  noStrangers: '没有可选的人了，新建一位吧。',
  advanced: '渠道参数',
  state: 'state（联系我渠道，可不填）',
  viaHalf: '免验证添加（先回调 add_half_external_contact）',
  added: (name: string) => `已添加 ${name}，看标签怎么变化`,
  remark: '修改备注和企业',
  remarkHint: '平台会回调 edit_external_contact，系统按“企业”归并到同一家客户。',
  remarkName: '备注名',
  remarkCorp: '备注企业',
  description: '描述',
  saved: '备注已保存',
  remove: (name: string) => `删除客户“${name}”？`,
  removeHint: '你把客户删掉，平台回调 del_external_contact。系统保留跟进记录，客户公司的历史不丢。',
  removed: '已删除客户',
  leave: (name: string) => `把“${name}”从微信里删掉？`,
  leaveHint: '客户删除员工，平台回调 del_follow_user，系统会标记流失并提醒负责人。',
  left: (name: string) => `客户已删除 ${name}`,
  confirmRemove: '删除',
};

/** The frame beside the chat. */
export const SIDE = {
  title: '侧边栏',
  page: '网页',
  reload: '重新加载',
  home: '回到侧边栏',
  good: 'JS-SDK 签名 ✓',
  bad: 'JS-SDK 签名 ✗',
  unknown: 'JS-SDK 待验证',
  goodHint: '页面用应用票据签名，平台校验通过',
  unknownHint: '页面还没有调用 agentConfig',
  refused: '平台没有放行 agentConfig，侧边栏里有具体原因',
  broken: (status: number) => (status === 0 ? '页面没有打开' : `页面没有打开（HTTP ${status}）`),
  brokenHint: '看看下面的实时日志，或者重新加载。',
  opening: '正在打开…',
  none: '侧边栏只在员工的企业微信里',
  noneHint: '现在看的是客户的微信。切回一位销售，就能看到客户答卷之后侧边栏的变化。',
};

/** The customer's phone. */
export const PHONE = {
  title: '微信',
  empty: '还没有好友',
  emptyHint: '先切到一位销售，把这位客户加为好友。',
  remove: '删除联系人',
  webview: '网页',
  wecom: (corp: string) => `@${corp}`,
  whose: (name: string) => `${name} 的手机`,
  aboutHint: '收到群发后点开问卷，在手机里作答。也可以从右上角 ⋯ 删除销售，看看系统怎么处理。',
  followedBy: '跟进这位客户的销售',
  goThere: '切到这位销售',
  survey: '打开最近收到的问卷',
};

/** The live log. */
export const LOG = {
  title: '实时日志',
  open: '展开日志',
  fold: '收起日志',
  live: '实时',
  cut: '已断开',
  idle: '还没有动静，添加一位客户试试',
  none: '没有符合条件的记录',
  filters: { all: '全部', callback: '回调', api: 'API', failed: '出错' },
  search: '过滤名称或路径',
  clear: '清空',
  callback: '平台 → 系统',
  api: '系统 → 平台',
  ms: (ms: number) => `${Math.round(ms)} ms`,
  detail: '详情',
  noDetail: '没有更多内容',
};
