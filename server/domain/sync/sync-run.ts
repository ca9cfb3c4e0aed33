import type { SetAside } from './drift.ts';

/** A run that was cut short is taken up when it is younger than this; last night's run never is. */
const RESUMABLE_MS = 20 * 3_600_000;

/** True when a run goes on where another ended, instead of beginning anew. */
export function isResumable(
  run: { state: 'running' | 'done' | 'stopped'; startedAt: Date } | null,
  now: Date,
): boolean {
  return run?.state === 'running' && now.getTime() - run.startedAt.getTime() < RESUMABLE_MS;
}

/** What an administrator does about an answer that was not believed. */
export const doubtText = (count: number) =>
  `有 ${count} 条跟进关系或客户群突然从企业微信的回答中消失，未作处理。请检查应用的可见范围和“客户联系”权限；` +
  '若确属事实，运行 npm run cli -- sync --accept-losses';

/** What an administrator does about members without an interface licence. */
export const unlicensedText = (count: number) =>
  `有 ${count} 名成员没有企业微信接口许可，读不到他们的客户。请在管理后台为他们激活接口许可`;

const ASIDE_NAMES: Readonly<Record<SetAside['kind'], string>> = {
  member: '名成员被企业微信拒绝',
  department: '个部门被企业微信拒绝',
  contact: '个客户读不到详情',
  group: '个客户群读不到',
  row: '条数据格式不对',
};

/** What was set aside, in one sentence for administrators. */
export function asideText(aside: readonly SetAside[]): string {
  const sums = new Map<SetAside['kind'], number>();
  for (const { kind, count } of aside) sums.set(kind, (sums.get(kind) ?? 0) + count);
  const parts = [...sums].map(([kind, count]) => `${count} ${ASIDE_NAMES[kind]}`);
  return `同步时有 ${parts.join('、')}，已搁置，保留原有数据，其余照常同步。明细见同步报告；下次同步会再试`;
}

/** One line of the report: who or what was set aside, and why. `name` is the member's, '' for none. */
export function asideLine({ kind, reason, count }: SetAside, name: string): string {
  const whose = name ? `${name}：` : '';
  return `${whose}${count} ${ASIDE_NAMES[kind]}（${/^\d+$/.test(reason) ? `errcode ${reason}` : reason}）`;
}
/** Where to look when WeCom refuses. Source: wecom.md §4.2. */
const CURES: Readonly<Record<number, string>> = {
  48002: '请在“客户联系 → API → 可调用接口的应用”中勾选本应用',
  60011: '请检查应用的可见范围',
  60020: '请把服务器的出口 IP 加入“企业可信 IP”',
  40001: '请检查应用的 Secret',
  40013: '请检查企业 ID',
};

/** Why a synchronisation was cut short; `refusal` is WeCom's, null when it was something else. */
export function failureText(refusal: { errcode: number } | null): string {
  if (!refusal)
    return '没有完成：企业微信或数据库没有回应。会自动重试；运行 npm run cli -- doctor 可以查出原因';
  const cure = CURES[refusal.errcode] ?? '运行 npm run cli -- doctor 可以查出原因';
  return `没有完成：企业微信拒绝了（${refusal.errcode}）。${cure}；会自动重试`;
}

/** A run that nobody is at any more, without a reason: its process was stopped. */
export const CUT_SHORT_TEXT = '没有完成：服务器在同步中停止了，下次同步会接着做';
