import type { LogEntry } from '../control.ts';

/** What the log can be narrowed down to. */
export const LOG_FILTERS = ['all', 'callback', 'api', 'failed'] as const;
export type LogFilter = (typeof LOG_FILTERS)[number];

/** What callbacks are called in plain Chinese, by the end of `event / change type`; longer names first. */
const CALLBACKS: [string, string][] = [
  ['add_half_external_contact', '客户免验证加入'],
  ['add_external_contact', '添加客户'],
  ['edit_external_contact', '修改客户备注'],
  ['del_external_contact', '员工删除客户'],
  ['del_follow_user', '客户删除员工'],
  ['transfer_fail', '客户继承失败'],
  ['msg_audit_approved', '同意会话存档'],
  ['change_external_chat', '客户群变更'],
  ['change_external_tag', '企业标签变更'],
  ['create_user', '新增成员'],
  ['update_user', '成员信息变更'],
  ['delete_user', '成员离职'],
  ['create_party', '新增部门'],
  ['update_party', '部门变更'],
  ['delete_party', '删除部门'],
  ['change_contact', '通讯录变更'],
  ['template_card_event', '点击卡片按钮'],
  ['enter_agent', '进入应用'],
];

/** What happened, in plain Chinese; the platform names API calls itself. */
export const titleOf = ({ kind, name }: LogEntry): string =>
  (kind === 'callback' ? CALLBACKS.find(([part]) => name.includes(part))?.[1] : undefined) ?? name;

/** Whether the other side refused or never answered (status 0). */
export const isFailed = ({ status, errcode }: LogEntry): boolean =>
  status >= 400 || status < 200 || (errcode !== undefined && errcode !== 0);

/** The result in one word: the errcode where there is one, else the HTTP status. */
export function resultOf({ status, errcode }: LogEntry): string {
  if (errcode !== undefined && errcode !== 0) return String(errcode);
  return status === 0 ? '无应答' : String(status);
}

/** The line beside the title: the event for callbacks, method and path for calls. */
export const addressOf = ({ kind, name, path, method }: LogEntry): string =>
  kind === 'callback' ? name : `${method ?? ''} ${path ?? ''}`.trim();

/** The detail as text: XML one element a line, anything else as JSON; null when there is none. */
export function detailOf({ detail }: LogEntry): string | null {
  if (detail === undefined || detail === null) return null;
  if (typeof detail === 'object' && 'xml' in detail && typeof detail.xml === 'string')
    return detail.xml.replaceAll(/(<xml>|<\/\w+>)\s*</gu, '$1\n<');
  return JSON.stringify(detail, null, 2);
}

/** The entries that a filter and a search word leave over, newest first. */
export function shownEntries(entries: LogEntry[], filter: LogFilter, word: string): LogEntry[] {
  const sought = word.trim().toLowerCase();
  return entries
    .filter((entry) => filter === 'all' || (filter === 'failed' ? isFailed(entry) : entry.kind === filter))
    .filter((entry) => `${titleOf(entry)} ${addressOf(entry)} ${entry.note}`.toLowerCase().includes(sought))
    .toReversed();
}
