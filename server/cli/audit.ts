import { readFile } from 'node:fs/promises';
import type { Head } from '../domain/system/audit.ts';
import type { AuditReport } from '../domain/system/audit-verifier.ts';
import { listAudit } from '../flows/audit/list-audit.ts';
import { readHeads } from '../flows/audit/read-heads.ts';
import { verifyAudit } from '../flows/audit/verify-audit.ts';
import { parseHeads } from './audit-heads.ts';
import { UsageError, type Command, type Given, type Outcome } from './command.ts';

const DEFAULT_LIMIT = 50;

/** `audit [--subject account:ID] [--by USERID] [--limit N] [--verify [--against FILE]] [--heads]` */
export const auditCommand: Command = {
  name: 'audit',
  usage: 'audit [--subject account:ID] [--by USERID] [--limit N] [--verify [--against FILE]] [--heads]',
  summary: 'lists who did what, the latest first, or looks whether anything was edited, cut off or taken out',
  options: {
    subject: { type: 'string', about: 'e.g. account:ID, contact:ID, settings:tier' },
    by: { type: 'string', about: 'a userid, or the name of a job' },
    limit: { type: 'string', about: `how many at the most (default ${DEFAULT_LIMIT})` },
    verify: { type: 'boolean', about: 'looks through every entry' },
    against: {
      type: 'string',
      about: 'with --verify: heads kept earlier, of --heads or DATA_DIR/audit-heads',
    },
    heads: { type: 'boolean', about: 'the end of every chain, to be kept somewhere else' },
  },
  async run(open, { options }) {
    if (options['against'] !== undefined && !options['verify'])
      throw new UsageError('--against goes with --verify');
    if (options['heads']) return headsOf(await readHeads(await open()));
    if (options['verify']) {
      const noted = await notedIn(options['against']);
      const report = await verifyAudit(await open(), noted);
      return { ok: report.isWhole, data: report, text: reportText(report) };
    }
    return listed(open, options);
  },
};

async function listed(open: Parameters<Command['run']>[0], options: Given['options']): Promise<Outcome> {
  const limit = Number(options['limit'] ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1) throw new UsageError('--limit takes a whole number');
  const wish = { subject: textOf(options['subject']), by: textOf(options['by']), limit };
  const { entries } = await listAudit(await open(), wish);
  const lines = entries.map(({ at, by, act, subject, status, from, to }) =>
    [at, by.name, act, subject, status ?? `${JSON.stringify(from)} → ${JSON.stringify(to)}`].join('  '),
  );
  return { ok: true, data: entries, text: lines.join('\n') || '没有记录' };
}

/** @throws {UsageError} a file that cannot be read, or holds no heads */
async function notedIn(file: Given['options'][string]): Promise<Head[]> {
  if (typeof file !== 'string') return [];
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) throw new UsageError(`读不到文件 ${file}`);
  const heads = parseHeads(text);
  if (heads.length === 0) throw new UsageError(`${file} 里没有链尾：要用 audit --heads 的输出`);
  return heads;
}

const headLine = ({ writer, seq, hash, keyId }: Head) => `${writer}  ${seq}  ${hash}  ${keyId ?? '-'}`;

const headsOf = (heads: Head[]): Outcome => ({
  ok: true,
  data: { heads },
  text: heads.map(headLine).join('\n'),
});

const textOf = (option: string | boolean | undefined) => (typeof option === 'string' ? option : undefined);

const FAULT_TEXTS = {
  gap: '前面少了记录',
  broken_link: '与前一条接不上',
  changed: '被改动过',
  unkeyed: '没有用密钥签名，不是本系统写的',
  cut: '这一条及以后的被截掉了',
  rewritten: '与先前记下的不一样，被重写过',
  dropped: '整条链不见了',
} as const;

function reportText(report: AuditReport): string {
  const { entries, forgotten, unkeyed, unchecked, missingKeys, faultCount, faults, heads } = report;
  const found = faults.map(({ writer, seq, fault }) => `${writer} 第 ${seq} 条：${FAULT_TEXTS[fault]}`);
  const ends = heads.map((head) => `链尾 ${headLine(head)}`);
  const notes = [
    forgotten > 0 && `另有 ${forgotten} 条查看记录到期删除`,
    unkeyed > 0 && `其中 ${unkeyed} 条是早期版本写的，没有密钥签名`,
    unchecked > 0 && `其中 ${unchecked} 条无法检查：缺少密钥 ${missingKeys.join('、')}（不代表被改过）`,
    faultCount > faults.length && `只列出前 ${faults.length} 处`,
  ].filter((note) => note !== false);
  return [firstLine(report, entries), ...notes, ...found, ...ends].join('\n');
}

function firstLine({ isWhole, faultCount }: AuditReport, entries: number): string {
  if (faultCount > 0) return `共 ${entries} 条，有 ${faultCount} 处不对`;
  return isWhole ? `共 ${entries} 条，完整` : `共 ${entries} 条，没有发现不对，但没能全部检查`;
}
