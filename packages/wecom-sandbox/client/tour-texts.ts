import type { TourStep } from './tour.ts';

/** The guided tour. */
export const TOUR_TEXT = {
  title: '三分钟看懂',
  lead: '跟着做一遍，就知道它怎么帮销售管住跟进。做完的步骤会自动打勾。',
  progress: (done: number, all: number) => `${done} / ${all}`,
  over: '全部看完了，接下来随便试',
  dismiss: '不再显示',
  restart: '重新开始',
  skip: '标记完成',
  stepDone: (title: string) => `完成：${title}`,
  moves: {
    add: '添加客户',
    follow: '打开一位客户',
    confirm: (name: string) => `以${name}的身份确认群发`,
    answer: (name: string) => `打开${name}的手机`,
    ask: '请客户打分',
    asked: (count: number) =>
      count > 0 ? `已拟好群发，要问 ${count} 位客户，请销售确认` : '近期都问过了，这次没有要问的客户',
    digest: (name: string) => `发出日报，切到${name}`,
    told: (count: number) => (count > 0 ? `日报已发给 ${count} 位经理` : '没有新内容，这次不发'),
  },
  steps: {
    add: {
      title: '添加客户',
      text: '点“添加客户”选一个人。几秒后标签自动出现，侧边栏打开这位客户的档案。',
      marks: ['加一位客户', '系统打上标签'],
    },
    follow: {
      title: '记录跟进',
      text: '打开一位客户，在侧边栏写一条跟进，看“下次跟进”怎样跟着变。',
      marks: ['写下一条跟进'],
    },
    nps: {
      title: '发起 NPS',
      text: '点一下，系统替每位销售拟好群发；销售在“群发助手”确认，客户在手机上打分，分数回到侧边栏。',
      marks: ['收到群发任务', '确认发送', '客户手机作答'],
    },
    digest: {
      title: '看经理日报',
      text: '点一下发出日报，并切到经理的“应用消息”。',
      marks: ['经理收到日报'],
    },
  } satisfies Record<TourStep['id'], { title: string; text: string; marks: string[] }>,
};
