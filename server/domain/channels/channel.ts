import { ACCOUNT_SOURCES, type AccountSourceKind } from '../accounts/account.ts';
import { isWhole, unless, type Problem } from '../problem.ts';

/** What an administrator notes of a channel code 渠道活码: its `state`, what people call it, and what it cost in fen. Source: domain.md §13. */
export type Channel = { code: string; name: string; costFen: number }; // '' as name: the code stands for it

/** The settings section `channels`: nothing until somebody wants to compare costs. */
export const DEFAULT_CHANNELS: readonly Channel[] = [];

const MOST_CHANNELS = 200;
const MOST_FEN = 100_000_000_000_000;

/** What an administrator has to mend. */
export function channelProblems(channels: readonly Channel[]): Problem[] {
  const codes = channels.map(({ code }) => code.trim());
  return [
    ...unless(channels.length <= MOST_CHANNELS, '', `最多 ${MOST_CHANNELS} 个渠道`),
    ...channels.flatMap(({ costFen }, index) => [
      ...unless(codes[index] !== '', `${index}.code`, '请填写渠道活码的 state'),
      ...unless(codes.indexOf(codes[index] ?? '') === index, `${index}.code`, '这个渠道填了两次'),
      ...unless(isWhole(costFen, 0, MOST_FEN), `${index}.costFen`, '花费须为 0 或更大的金额'),
    ]),
  ];
}

/** What one account brought: contacts, orders that were not paid back whole, and revenue in fen with refunds taken off. */
export type Brought = { contacts: number; orders: number; revenueFen: number };

/** What a channel brought; `buyers` are accounts with an order. */
export type ChannelSums = Brought & { accounts: number; buyers: number };

/** A row of the report; `code` is of a channel code only, `costFen` null while nobody noted it. */
export type ChannelRow = ChannelSums & {
  kind: AccountSourceKind | 'unknown';
  code: string | null;
  name: string;
  costFen: number | null;
};

/** By what an account came, in people's words. */
const KIND_NAMES: Readonly<Record<ChannelRow['kind'], string>> = {
  wecom: '员工添加',
  channel: '渠道活码',
  referral: '转介绍',
  import: '导入',
  api: '接口',
  manual: '手工新建',
  split: '拆分',
  unknown: '不详',
};

type Source = { kind: AccountSourceKind; detail: string } | null;
type Way = Pick<ChannelRow, 'kind' | 'code'>;

/** The way by which an account came: each code is a channel of its own, everything else one for each kind. */
function wayOf(source: Source): Way {
  if (!source || !ACCOUNT_SOURCES.includes(source.kind)) return { kind: 'unknown', code: null };
  return { kind: source.kind, code: source.kind === 'channel' ? source.detail : null };
}

/**
 * Sums accounts up by the channel they came by, one after the other, so that no book is too large. Every account counts once,
 * so the rows add up to the whole. Source: domain.md §13: contacts → accounts → orders → revenue.
 */
export function createChannelReport(channels: readonly Channel[] = DEFAULT_CHANNELS) {
  const noted = new Map(
    channels.map(({ code, name, costFen }) => [code.trim(), { name: name.trim() || code.trim(), costFen }]),
  );
  const rows = new Map<string, ChannelRow>();
  const rowOf = (way: Way): ChannelRow => {
    const key = JSON.stringify([way.kind, way.code]);
    const row = rows.get(key) ?? { ...emptyRow(way), ...(way.code === null ? {} : noted.get(way.code)) };
    rows.set(key, row);
    return row;
  };
  for (const code of noted.keys()) rowOf({ kind: 'channel', code });
  return {
    add(source: Source, { contacts = 0, orders = 0, revenueFen = 0 }: Partial<Brought> = {}): void {
      const row = rowOf(wayOf(source));
      row.accounts += 1;
      row.contacts += contacts;
      row.orders += orders;
      row.revenueFen += revenueFen;
      if (orders > 0) row.buyers += 1;
    },
    /** The most revenue first, then the most accounts, then by name. */
    rows: (): ChannelRow[] => [...rows.values()].toSorted(byRevenue),
  };
}

const emptyRow = ({ kind, code }: Way): ChannelRow => ({
  kind,
  code,
  name: code ?? KIND_NAMES[kind],
  costFen: null,
  contacts: 0,
  accounts: 0,
  buyers: 0,
  orders: 0,
  revenueFen: 0,
});

const byRevenue = (a: ChannelRow, b: ChannelRow) =>
  b.revenueFen - a.revenueFen || b.accounts - a.accounts || (a.name < b.name ? -1 : Number(a.name > b.name));
