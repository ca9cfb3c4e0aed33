import type { Context } from '../../server/context.ts';
import type { ContactRow, PageListeners } from '../../server/wecom/api/contacts.ts';
import { WecomError } from '../../server/wecom/client/error.ts';
import { aShelf } from './a-shelf.ts';

/** Who follows whom, and what differs from the usual. */
export type SyncAnswers = { staffId: string; externalUserId: string; name?: string; remark?: string };

/** One write to the database: how many documents it names. */
export type Write = { collection: string; documents: number };

const PAGE = 100;
const WRITES = ['insertMany', 'insertOne', 'bulkWrite', 'updateOne', 'updateMany', 'deleteMany'];
/** The run's own books; everything else is what WeCom tells. */
const BOOKS = ['syncs', 'missing', 'notices'];

/**
 * Shelves and a WeCom that is nothing but a list: `book` may be changed between runs. `asked` has the members of each page
 * that was asked for; `before` may fail a page; `writes` are those to what WeCom tells.
 */
export async function aSyncShelf(book: SyncAnswers[], now = new Date('2026-03-11T02:30:00+08:00')) {
  const shelf = await aShelf();
  const writes: Write[] = [];
  shelf.connection.set('debug', (collection: string, method: string, documents: unknown) => {
    if (!WRITES.includes(method) || BOOKS.includes(collection)) return;
    writes.push({ collection, documents: Array.isArray(documents) ? documents.length : 1 });
  });
  const scene = {
    book,
    asked: [] as string[][],
    gets: [] as string[],
    unlicensed: [] as string[],
    before: (_staffIds: readonly string[], _page: number): void => undefined,
    now,
  };
  const wecom = { contacts: { pages: pagesOf(scene), get: getOf(scene) } };
  const log = { error: () => undefined };
  const context = { ...shelf, wecom, log, now: () => scene.now } as unknown as Context;
  return { context, scene, writes };
}

type Scene = {
  book: SyncAnswers[];
  asked: string[][];
  gets: string[];
  unlicensed: string[];
  before: (staffIds: readonly string[], page: number) => void;
};

const pagesOf = (scene: Scene) =>
  async function* (staffIds: readonly string[], { onUnlicensed }: Pick<PageListeners, 'onUnlicensed'>) {
    const wanted = new Set(staffIds.map((id) => id.toLowerCase()));
    const rows = scene.book.filter(({ staffId }) => wanted.has(staffId.toLowerCase()));
    for (let from = 0; from === 0 || from < rows.length; from += PAGE) {
      scene.asked.push([...staffIds]);
      scene.before(staffIds, from / PAGE);
      onUnlicensed(scene.unlicensed.filter((id) => staffIds.includes(id)));
      yield rows.slice(from, from + PAGE).map(asRow);
    }
  };

const getOf = (scene: Scene) => async (externalUserId: string) => {
  scene.gets.push(externalUserId);
  const rows = scene.book.filter((row) => row.externalUserId === externalUserId).map(asRow);
  const [first] = rows;
  if (!first) throw new WecomError(84061, 'no relation', '/cgi-bin/externalcontact/get');
  return { contact: first.contact, relations: rows.map(({ relation }) => relation), unread: [] };
};

function asRow({
  staffId,
  externalUserId,
  name = `客户${externalUserId}`,
  remark = '',
}: SyncAnswers): ContactRow {
  return {
    contact: { _id: externalUserId, name, type: 1, position: '', corpName: '', corpFullName: '' },
    relation: {
      staffId,
      externalUserId,
      remark,
      description: '',
      remarkCorpName: '',
      tagIds: [],
      addWay: 1,
      state: '',
      followedAt: new Date('2026-01-01T00:00:00Z'),
    },
  } as ContactRow;
}

/** So many customers of one member. */
export const customersOf = (staffId: string, count: number): SyncAnswers[] =>
  Array.from({ length: count }, (_, n) => ({ staffId, externalUserId: `wm-${staffId}-${n}` }));
