import type { Connection } from 'mongoose';
import { relationId, type RelationKey } from '../domain/sync/relation.ts';
import { pageNews, type PageNews } from '../domain/sync/sync-page.ts';
import { createContactStore, type ContactFacts } from './contacts.ts';
import type { RelationFacts } from './relation-model.ts';
import { createRelationStore } from './relations.ts';

type Row = { contact: ContactFacts; relation: RelationFacts };

/** Keeps contacts and their relations as pages of WeCom tell them, with few writes for a page. */
export function createContactPageStore(db: Connection) {
  const contacts = createContactStore(db);
  const relations = createRelationStore(db);
  return {
    /** Adds those of whom nothing is known, without asking first; gives what was added, and the rows left to compare. */
    async addUnknown(rows: readonly Row[]): Promise<{ added: RelationKey[]; rest: Row[] }> {
      const people = new Map(rows.map(({ contact }) => [contact._id, contact]));
      const known = await contacts.addMany([...people.values()]);
      const strangers = rows.filter(({ contact }) => !known.has(contact._id));
      const told = new Map(strangers.map(({ relation }) => [relationId(relation), relation]));
      const held = new Set((await relations.addMany([...told.values()])).map(relationId));
      const isKnown = ({ contact, relation }: Row) =>
        known.has(contact._id) || held.has(relationId(relation));
      return {
        added: [...told].flatMap(([id, key]) => (held.has(id) ? [] : [key])),
        rest: rows.filter(isKnown),
      };
    },
    /**
     * Writes what differs from what we know; `readAt` is when the reading began. A relation that came meanwhile is left
     * alone: the event that told of it is newer than the page.
     */
    async keepNews(rows: readonly Row[], readAt: Date): Promise<PageNews<ContactFacts, RelationFacts>> {
      const [known, people] = await Promise.all([
        relations.findMany(rows.map(({ relation }) => relation)),
        contacts.findMany([...new Set(rows.map(({ contact }) => contact._id))]),
      ]);
      const news = pageNews(rows, { contacts: people, relations: known, readAt });
      await Promise.all([
        contacts.saveFacts(news.contacts),
        relations.addMany(news.added),
        relations.saveFacts(news.changed, { addedAt: null }),
      ]);
      await contacts.markUnplaced(news.movedIds);
      return news;
    },
  };
}
