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
