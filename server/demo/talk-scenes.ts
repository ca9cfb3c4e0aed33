import type { Channel } from '../domain/follow-ups/follow-up.ts';

/** A follow-up as salespeople write it down. `{P}` product, `{W}` the contact's form of address. */
export type TalkScene = {
  channel: Channel;
  purpose: string;
  notes: string;
  question: string | null;
  nextStep: string;
};

/** Written as a table row: channel, purpose, notes, question or null, next step. */
const scene = (
  channel: Channel,
  purpose: string,
  ...[notes, question, nextStep]: [notes: string, question: string | null, nextStep: string]
): TalkScene => ({ channel, purpose, notes, question, nextStep });

/** Talks with customers who have bought. */
export const DEAL_SCENES: readonly TalkScene[] = [
  scene(
    'visit',
    '月度拜访，了解设备使用情况',
    '{W}带看了二车间，设备运行 4 个月，稼动率 82%，换型时间比原来少了一半。夜班对报警处理还不熟。',
    '夜班操作工能不能安排一次复训？',
    '安排售后李工下周做夜班复训',
  ),
  scene(
    'call',
    '跟进验收进度',
    '单机验收已过，联线还差 MES 接口确认，{W}说 IT 排期到月底。',
    null,
    '月底前陪 IT 联调一次，争取签验收单',
  ),
  scene(
    'chat',
    '发送备件报价',
    '发了主轴轴承和刀库链条的报价，{W}嫌比上次贵 6%，解释了进口件涨价。',
    '批量备货能不能给个年度框架价？',
    '找商务申请年度框架折扣',
  ),
  scene(
    'meeting',
    '产线改造方案评审',
    '带技术部老周一起过方案，{W}认可节拍测算（38 秒/件），担心停机改造影响月底交付。',
    '改造能不能分两期，每期停机不超过 3 天？',
    '出分期施工计划和停机甘特图',
  ),
  scene(
    'visit',
    '陪同高层互访',
    '我方周总拜访{W}，对方明年规划扩一条壳体线，预算约 800 万，三季度立项。竞争对手已经在报方案。',
    null,
    '约工艺部先做节拍仿真，抢在立项前交概念方案',
  ),
  scene(
    'call',
    '催收到货款',
    '{W}说财务在走付款流程，合同约定的 60% 到货款预计下周三放款。',
    '发票抬头换了新公司，能否重开？',
    '本周内重开发票并寄出',
  ),
  scene(
    'chat',
    '解答技术问题',
    '加工单元偶发 E-207 报警，远程看了日志，是气压低于 0.45MPa 触发，建议加稳压罐。',
    '稳压罐推荐什么型号？',
    '发型号和安装图给{W}',
  ),
  scene(
    'meeting',
    '年度合作复盘',
    '一起看了全年数据：不良率从 1.8% 降到 0.6%，{W}愿意作为行业案例。希望明年维保响应从 24 小时提到 8 小时。',
    '维保升级到 8 小时响应要加多少钱？',
    '做两档维保方案报价',
  ),
  scene(
    'visit',
    '处理现场质量问题',
    '工件表面有振纹，现场查是夹具磨损，不是设备问题。{W}对当天到场比较满意。',
    null,
    '三天后回访确认振纹是否消失',
  ),
  scene(
    'call',
    '了解下季度采购计划',
    '{W}透露下季度要上两台加工单元，走邀标，三家。技术标占 60 分。',
    '标书里能不能写入节能指标？',
    '准备标前技术交流，突出能耗优势',
  ),
  scene(
    'chat',
    '到货提醒',
    '提醒备件今天到厂，顺带问了{W}产线情况，一切正常。',
    null,
    '到货后一周约时间上门看装机',
  ),
  scene(
    'meeting',
    'MES 订阅续费沟通',
    '{W}认为报表好用，但车间平板卡顿。续费没问题，希望赠送两次现场培训。',
    '平板端什么时候能优化？',
    '问研发平板端版本计划并回复',
  ),
  scene(
    'visit',
    '新任负责人认门',
    '原设备部经理调走，{W}接手，对我们不了解。讲了两家同行案例，约他去标杆工厂参观。',
    null,
    '落实标杆工厂参观日期',
  ),
  scene(
    'call',
    '价格异议处理',
    '{W}拿了友商报价，低 12%。讲清了导轨和主轴配置差异，同意做配置对照表。',
    '质保期能不能从 1 年延到 2 年？',
    '出配置对照表，内部申请延保',
  ),
];

/** Talks with those who have not bought yet. */
export const LEAD_SCENES: readonly TalkScene[] = [
  scene(
    'call',
    '初次电话，了解需求',
    '{W}说现在靠人工上下料，两班 14 个人，招工难。对{P}感兴趣，但没有立项。',
    '你们在同规模的厂做过吗？',
    '发两个同规模案例视频',
  ),
  scene('chat', '发送产品资料', '发了{P}样本和节拍测算表，{W}回复周末看。', null, '周一电话跟进反馈'),
  scene(
    'visit',
    '首次上门，看现场',
    '看了车间，6 台老设备，最大瓶颈在检测工位。{W}认同先做检测自动化，预算要等年底。',
    '能不能先免费打样测试？',
    '取 20 个样件回来做视觉测试',
  ),
  scene(
    'meeting',
    '展会后回访',
    '展会上加的{W}，带了两个同事来公司看演示，对换型速度印象好。',
    '设备能兼容我们现在的夹具吗？',
    '要夹具图纸，让工艺评估兼容性',
  ),
  scene(
    'call',
    '确认预算与决策流程',
    '{W}说 50 万以上要老板批，采购、设备、生产三家会签，周期约两个月。',
    null,
    '想办法约到老板，做一次高层汇报',
  ),
  scene(
    'chat',
    '回应竞品对比',
    '{W}发来竞品参数，我们主轴功率占优、价格略高，已做对比说明。',
    '首单能不能给个试用价？',
    '内部申请样板客户价',
  ),
];
