import type { mongo } from 'mongoose';
import { blank, newAccountId, type Account, type AccountModel } from './account-model.ts';
import { insertNew } from './db/insert-new.ts';

/** What is known of an account when it is made. */
export type Beginning = Pick<Account, 'name' | 'knownSince'> & Partial<Account>;

/** An account that there should be: of a company, by `matchKey` of its name, or of one person whose company is unknown. */
export type AccountSpec = { beginning: Beginning } & ({ nameKey: string } | { soloOf: string });

/** The account that stands for this one now: where it went, when it was merged. */
export async function standingFor(model: AccountModel, account: Account): Promise<Account> {
  const seen = new Set<string>();
  let found = account;
  while (found.mergedInto && !seen.has(found._id)) {
    seen.add(found._id);
    const next = await model.findById(found.mergedInto).lean<Account>().exec();
    if (!next) return found;
    found = next;
  }
  return found;
}

/** How accounts are found by what they stand for, or made. */
export const wishes = (model: AccountModel, shelf: mongo.Collection<Account>) => {
  const find = (filter: object) => model.find(filter).lean<Account[]>().exec();

  async function holdersOf(wished: readonly AccountSpec[]): Promise<Map<string, Account>> {
    const nameKeys = wished.flatMap((wish) => ('nameKey' in wish ? wish.nameKey : []));
    const soloIds = wished.flatMap((wish) => ('soloOf' in wish ? soloId(wish.soloOf) : []));
    const found = await Promise.all([
      nameKeys.length > 0 ? find({ nameKey: { $in: nameKeys } }) : [],
      soloIds.length > 0 ? find({ _id: { $in: soloIds } }) : [],
    ]);
    return new Map(found.flat().map((account) => [slotOfAccount(account), account]));
  }

  return {
    /**
     * The account of each wish in their order, or the one it was merged into; made now where there is none. Of several
     * wishes for one account the first begins it. Safe against two callers at once.
     */
    async findOrCreateMany(wished: readonly AccountSpec[]): Promise<Account[]> {
      const bySlot = new Map(wished.toReversed().map((wish) => [slotOf(wish), wish]));
      const holders = await holdersOf([...bySlot.values()]);
      const missing = [...bySlot].filter(([slot]) => !holders.has(slot)).map(([, wish]) => wish);
      const made = missing.map(newAccount);
      const taken = await insertNew(shelf, made);
      for (const [index, account] of made.entries())
        if (!taken.has(index)) holders.set(slotOfAccount(account), account);
      const others = await holdersOf(missing.filter((_, index) => taken.has(index)));
      for (const [slot, account] of others) holders.set(slot, account);
      return Promise.all(wished.map((wish) => standingOf(model, holders.get(slotOf(wish)))));
    },
  };
};

function standingOf(model: AccountModel, account: Account | undefined): Promise<Account> {
  if (!account) throw new RangeError('an account vanished while it was looked for');
  return standingFor(model, account);
}

function newAccount(wish: AccountSpec): Account {
  const whole = { ...blank(), ...wish.beginning };
  return 'nameKey' in wish
    ? { ...whole, nameKey: wish.nameKey, _id: newAccountId() }
    : { ...whole, isSolo: true, _id: soloId(wish.soloOf) };
}

const soloId = (externalUserId: string) => `solo-${externalUserId}`;

/** What a wish and its account have in common; a company may be named like anything. */
const slotOf = (wish: AccountSpec) => ('nameKey' in wish ? `company ${wish.nameKey}` : soloId(wish.soloOf));
const slotOfAccount = ({ _id, nameKey }: Account) => (nameKey ? `company ${nameKey}` : _id);
