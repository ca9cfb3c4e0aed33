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
