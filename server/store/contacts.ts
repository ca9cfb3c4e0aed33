import { Schema, type Connection, type mongo, type PipelineStage } from 'mongoose';
import type { Kdm } from '../domain/contacts/kdm.ts';
import type { Account } from './account-model.ts';
import { insertNew } from './db/insert-new.ts';
import { readFollowers, type Follower, type Relation } from './relation-model.ts';
import { OF_ACCOUNT } from './db/references.ts';

/** An external person whom staff follow. */
export type Contact = {
  _id: string; // external_userid
  name: string;
  type: number; // 1 WeChat user, 2 WeCom user
  position: string;
  corpName: string;
  corpFullName: string; // the legal name
  accountId: string | null; // null until placed
  isPlaced: boolean; // false: the clues about the company changed since the account was chosen
  kdm: Kdm;
  kdmVersion?: number; // goes up with every change of `kdm`; absent: 0
};

/** A person of an account by name. */
export type ContactName = Pick<Contact, '_id' | 'name' | 'accountId'>;

/** The same with who follows them now, the earliest first. */
export type FollowedContact = ContactName & { followers: Follower[] };

/** A person with their account, null until placed, and everybody who follows or followed them, the earliest first. */
export type ContactWithBook = { contact: Contact; account: Account | null; followers: Relation[] };

/** What WeCom tells about the person. */
export type ContactFacts = Pick<Contact, '_id' | 'name' | 'type' | 'position' | 'corpName' | 'corpFullName'>;

/** The account that a contact belongs to; `from`: the one before, null when they had none. */
export type ContactPlace = { externalUserId: string; from: string | null; accountId: string };

const contactSchema = new Schema<Contact>(
  {
    _id: { type: String, required: true },
    name: { type: String, default: '' },
    type: { type: Number, default: 1 },
    position: { type: String, default: '' },
    corpName: { type: String, default: '' },
    corpFullName: { type: String, default: '' },
    accountId: { type: String, default: null, refers: OF_ACCOUNT },
    isPlaced: { type: Boolean, default: false },
    kdm: { type: Schema.Types.Mixed, default: {} },
    kdmVersion: { type: Number },
  },
  { collection: 'contacts', strict: 'throw', minimize: false, versionKey: false },
);
contactSchema.index({ accountId: 1 });
contactSchema.index({ isPlaced: 1 }, { partialFilterExpression: { isPlaced: false } });

/** Reads give plain objects, never live documents. Writes may be repeated safely. */
export function createContactStore(db: Connection) {
  const model = openModel(db);
  const shelf = db.collection<Contact>('contacts');
  return {
    ...reads(model),
    ...followedReads(db, shelf),
    ...additions(shelf),
    ...writes(model),
    ...profileWrites(model),
  };
}

const openModel = (db: Connection) => db.model('Contact', contactSchema);
type ContactModel = ReturnType<typeof openModel>;

/** The first answer is to hold all that a list of fifty accounts needs. */
const AT_ONCE = 1000;

const WITH_BOOK: PipelineStage[] = [
  { $lookup: { from: 'accounts', localField: 'accountId', foreignField: '_id', as: 'accounts' } },
  {
    $lookup: {
      from: 'relations',
      localField: '_id',
      foreignField: 'externalUserId',
      pipeline: [{ $sort: { followedAt: 1, _id: 1 } }],
      as: 'followers',
    },
  },
];

const reads = (model: ContactModel) => ({
  find: (externalUserId: string) => model.findById(externalUserId).lean<Contact>().exec(),
  /** Three shelves in one reading: every request about a contact begins with it. */
  async findWithBook(externalUserId: string): Promise<ContactWithBook | null> {
    type Row = Contact & { accounts: Account[]; followers: Relation[] };
    const [row] = await model.aggregate<Row>([{ $match: { _id: externalUserId } }, ...WITH_BOOK]);
    if (!row) return null;
    const { accounts, followers, ...contact } = row;
    return { contact, account: accounts[0] ?? null, followers };
  },
  findMany: (ids: readonly string[]) =>
    model
      .find({ _id: { $in: [...ids] } })
      .lean<Contact[]>()
      .exec(),
  ofAccount: (accountId: string) => model.find({ accountId }).sort({ _id: 1 }).lean<Contact[]>().exec(),
  ofAccounts: (accountIds: readonly string[]) =>
    model
      .find({ accountId: { $in: [...accountIds] } })
      .sort({ _id: 1 })
      .lean<Contact[]>()
      .exec(),
  unplaced: () => model.find({ isPlaced: false }).sort({ _id: 1 }).lean<Contact>().cursor(),
});

const followedReads = (db: Connection, shelf: mongo.Collection<Contact>) => ({
  /** The people of these accounts in no order, without what is known of them, each with who follows them now. */
  async followedIn(accountIds: readonly string[]): Promise<FollowedContact[]> {
    const people = await shelf
      .find({ accountId: { $in: [...accountIds] } }, { batchSize: AT_ONCE })
      .project<ContactName>({ name: 1, accountId: 1 })
      .toArray();
    const found = new Map(people.map((each) => [each._id, { ...each, followers: [] as Follower[] }]));
    for (const follower of await readFollowers(db, [...found.keys()]))
      found.get(follower.externalUserId)?.followers.push(follower);
    return [...found.values()];
  },
});

const additions = (shelf: mongo.Collection<Contact>) => ({
  /** Keeps those who are not on the shelf; gives the ids of those who are, left as they were. */
  async addMany(contacts: readonly ContactFacts[]): Promise<Set<string>> {
    const firsts = contacts.map((facts) => ({ ...facts, ...FIRST }));
    const known = await insertNew(shelf, firsts);
    return new Set(contacts.filter((_, index) => known.has(index)).map(({ _id }) => _id));
  },
});

const writes = (model: ContactModel) => ({
  async saveFacts(contacts: readonly ContactFacts[]): Promise<void> {
    if (contacts.length === 0) return;
    await model.bulkWrite(contacts.map(factWrite), { ordered: false });
  },
  async markUnplaced(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await model.updateMany({ _id: { $in: [...ids] }, isPlaced: true }, { $set: { isPlaced: false } });
  },
  /** Notes the accounts of contacts; one who was placed elsewhere since `from` was read stays there. */
  async placeMany(places: readonly ContactPlace[]): Promise<void> {
    if (places.length === 0) return;
    const updates = places.map(({ externalUserId: _id, from, accountId }) => ({
      updateOne: { filter: { _id, accountId: from }, update: { $set: { accountId, isPlaced: true } } },
    }));
    await model.bulkWrite(updates, { ordered: false });
  },
});

const profileWrites = (model: ContactModel) => ({
  async saveKdm(externalUserId: string, kdm: Kdm): Promise<void> {
    await model.updateOne({ _id: externalUserId }, { $set: { kdm }, $inc: { kdmVersion: 1 } });
  },
  /** Puts `kdm` in place of the profile of that version; `false` when it has another by now. */
  async replaceKdm(externalUserId: string, kdm: Kdm, version: number): Promise<boolean> {
    const update = { $set: { kdm, kdmVersion: version + 1 } };
    const { matchedCount } = await model.updateOne(atVersion(externalUserId, version), update);
    return matchedCount === 1;
  },
  /** Notes that the profile of that version was confirmed; `false` when it has another by now. */
  async confirmKdm(externalUserId: string, version: number, at: Date): Promise<boolean> {
    const update = { $set: { 'kdm.confirmedAt': at } };
    const { matchedCount } = await model.updateOne(atVersion(externalUserId, version), update);
    return matchedCount === 1;
  },
});

const atVersion = (externalUserId: string, version: number) => ({
  _id: externalUserId,
  kdmVersion: version === 0 ? null : version,
});

const FIRST = { accountId: null, isPlaced: false, kdm: {} };

const factWrite = ({ _id, ...facts }: ContactFacts) => ({
  updateOne: { filter: { _id }, update: { $set: facts, $setOnInsert: FIRST }, upsert: true },
});
