import type { AuditReport } from '../domain/audit.ts';
import { listAudit } from '../flows/audit/list-audit.ts';
import { verifyAudit } from '../flows/audit/verify-audit.ts';
import { UsageError, type Command } from './command.ts';

const DEFAULT_LIMIT = 50;

/** `audit [--subject account:ID] [--by USERID] [--limit N] [--verify]` */
export const auditCommand: Command = {
  name: 'audit',
  usage: 'audit [--subject account:ID] [--by USERID] [--limit N] [--verify]',
  summary: 'lists who did what, the latest first, or looks whether anything was edited or taken out',
  options: {
    subject: { type: 'string', about: 'e.g. account:ID, contact:ID, settings:tier' },
    by: { type: 'string', about: 'a userid, or the name of a job' },
    limit: { type: 'string', about: `how many at the most (default ${DEFAULT_LIMIT})` },
    verify: { type: 'boolean', about: 'looks through every entry; keep the heads it prints somewhere else' },
  },
  async run(open, { options }) {
    const limit = Number(options['limit'] ?? DEFAULT_LIMIT);
    if (!Number.isInteger(limit) || limit < 1) throw new UsageError('--limit takes a whole number');
    if (options['verify']) {
      const report = await verifyAudit(await open());
      return { ok: report.isWhole, data: report, text: reportText(report) };
    }
    const wish = { subject: textOf(options['subject']), by: textOf(options['by']), limit };
    const { entries } = await listAudit(await open(), wish);
    const lines = entries.map(({ at, by, act, subject, status, from, to }) =>
      [at, by.name, act, subject, status ?? `${JSON.stringify(from)} → ${JSON.stringify(to)}`].join('  '),
    );
    return { ok: true, data: entries, text: lines.join('\n') || '没有记录' };
  },
};

const textOf = (option: string | boolean | undefined) => (typeof option === 'string' ? option : undefined);

const FAULT_TEXTS = { gap: '前面少了记录', broken_link: '与前一条接不上', changed: '被改动过' } as const;

function reportText({ isWhole, entries, forgotten, faults, heads }: AuditReport): string {
  const found = faults.map(({ writer, seq, fault }) => `${writer} 第 ${seq} 条：${FAULT_TEXTS[fault]}`);
  const ends = heads.map(({ writer, seq, hash }) => `链尾 ${writer}  ${seq}  ${hash}`);
  const first = isWhole ? `共 ${entries} 条，完整` : `共 ${entries} 条，有 ${faults.length} 处不对`;
  const gone = forgotten > 0 ? [`另有 ${forgotten} 条查看记录到期删除`] : [];
  return [first, ...gone, ...found, ...ends].join('\n');
}
