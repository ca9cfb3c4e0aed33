import { Schema, type Connection } from 'mongoose';
import { DEFAULT_SETTINGS, type SectionName, type Settings } from '../domain/settings.ts';
import { createTtlCache } from './db/ttl-cache.ts';
import { memberThen } from './db/references.ts';

/** One section as somebody saved it; `version` counts the times, `applied` is the one that was acted on. */
type KeptSection = {
  _id: SectionName;
  value: unknown;
  version: number;
  applied: number;
  by: string;
  at: Date;
};

const settingsSchema = new Schema<KeptSection>(
  {
    _id: { type: String, required: true },
    value: { type: Schema.Types.Mixed, required: true },
    version: { type: Number, required: true },
    applied: { type: Number, default: 0 },
    by: { type: String, required: true, refers: memberThen('a record of who did it') },
    at: { type: Date, required: true },
  },
  { collection: 'settings', strict: 'throw', minimize: false },
);

/** A section with its version: 0 while nobody saved it, and the defaults of domain.md hold. */
export type Section<Name extends SectionName> = { value: Settings[Name]; version: number };

/** The same with who saved it, and when; null while nobody did. */
export type SavedSection<Name extends SectionName> = Section<Name> & { by: string | null; at: Date | null };

const openModel = (db: Connection) => db.model('Setting', settingsSchema);
type SettingsModel = ReturnType<typeof openModel>;

/** What administrators decided; where they decided nothing, the defaults. */
export function createSettingsStore(db: Connection) {
  const model = openModel(db);
  const { read, ...others } = reads(model);
  const recall = createTtlCache(read, RECENT_MS);
  return { read, recent: recall.get, ...others, ...writes(model, recall.forget) };
}

/** So long a page may show what another process has changed meanwhile. */
const RECENT_MS = 1000;

const reads = (model: SettingsModel) => ({
  /** All sections as they are now; `recent`: as they were a second ago at most, for what is only shown. */
  async read(): Promise<Settings> {
    const kept = await model.find().lean<KeptSection[]>().exec();
    const saved = kept.map(({ _id, value }) => [_id, withDefaults(DEFAULT_SETTINGS[_id], value)]);
    return { ...DEFAULT_SETTINGS, ...Object.fromEntries(saved) };
  },
  async readSection<Name extends SectionName>(name: Name): Promise<SavedSection<Name>> {
    const kept = await model.findById(name).lean<KeptSection>().exec();
    const value = kept ? withDefaults(DEFAULT_SETTINGS[name], kept.value) : DEFAULT_SETTINGS[name];
    return { value, version: kept?.version ?? 0, by: kept?.by ?? null, at: kept?.at ?? null };
  },
  /** The sections that were saved since they were last acted on. */
  async unapplied(): Promise<{ name: SectionName; version: number }[]> {
    const kept = await model.find().sort({ _id: 1 }).lean<KeptSection[]>().exec();
    return kept
      .filter(({ version, applied }) => version > applied)
      .map(({ _id: name, version }) => ({ name, version }));
  },
});

const writes = (model: SettingsModel, changed: () => void) => ({
  /** Saves a section that was read at `version`; `false` when somebody else saved meanwhile. */
  async save<Name extends SectionName>(
    name: Name,
    { value, version }: Section<Name>,
    { by, at }: { by: string; at: Date },
  ): Promise<boolean> {
    const fields = { value, version: version + 1, by, at };
    const filter = version > 0 ? { _id: name, version } : { _id: name };
    const update = version > 0 ? { $set: fields } : { $setOnInsert: { ...fields, applied: 0 } };
    const written = await model.updateOne(filter, update, { upsert: version === 0 }).finally(changed);
    return (version > 0 ? written.matchedCount : written.upsertedCount) === 1;
  },
  async markApplied({ name, version }: { name: SectionName; version: number }): Promise<void> {
    await model.updateOne({ _id: name }, { $max: { applied: version } });
  },
});

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A section saved before a field, or a field of a field, was invented gets its default. */
function withDefaults<Value>(defaults: Value, value: unknown): Value {
  if (!isFields(defaults) || !isFields(value)) return value as Value;
  const filled = Object.entries(value).map(([name, kept]) => {
    const usual = defaults[name];
    return [name, isFields(usual) && isFields(kept) ? { ...usual, ...kept } : kept];
  });
  return { ...defaults, ...Object.fromEntries(filled) };
}
