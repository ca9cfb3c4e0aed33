import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import type {
  OthersSection,
  PreviewUnderway,
  PreviewView,
  SectionView,
  SettingsProblems,
} from '../../../server/api/contract/settings.ts';
import { ApiError } from '../../parts/api.ts';
import { problemText } from '../../parts/problem-text.ts';
import { previewSection, resetSection, saveSection } from './api.ts';
import { emptyPaths, isSame, withValue, type Json } from './draft.ts';
import { SETTINGS } from './texts.ts';

type Busy = '' | 'save' | 'preview' | 'reset';

/** What an open section holds. */
const openSection = (section: SectionView) => ({
  draft: shallowRef(section.value as Json),
  saved: shallowRef(section.value),
  version: ref(section.version),
  problems: shallowRef<SettingsProblems>([]),
  failure: ref(''),
  preview: shallowRef<PreviewView | null>(null),
  underway: shallowRef<PreviewUnderway | null>(null),
  conflict: shallowRef<OthersSection | null>(null),
  busy: ref<Busy>(''),
});
type Open = ReturnType<typeof openSection>;

/** Shows a refusal where it belongs: beside its fields, in the sheet about somebody else, or above the buttons. */
function take({ conflict, problems, failure }: Open, error: unknown): void {
  const { code, details } = error instanceof ApiError ? error : { code: '', details: null };
  if (code === 'changed_meanwhile') conflict.value = details as OthersSection;
  if (code === 'invalid_settings') problems.value = details as SettingsProblems;
  failure.value = code === 'changed_meanwhile' ? '' : problemText(error);
}

/** Asks the server, one thing at a time; nothing is sent while a number is empty. */
async function run(open: Open, name: Busy, act: () => Promise<void>): Promise<void> {
  const { draft, problems, failure, busy } = open;
  const empty = name === 'reset' ? [] : emptyPaths(draft.value);
  problems.value = empty.map((field) => ({ field, message: SETTINGS.fill }));
  failure.value = empty.length > 0 ? SETTINGS.fill : '';
  if (empty.length > 0) return;
  busy.value = name;
  await act().catch((error: unknown) => take(open, error));
  open.underway.value = null;
  busy.value = '';
}

function keep(open: Open, { value, version }: { value: unknown; version: number }): void {
  open.draft.value = value as Json;
  open.saved.value = value;
  open.version.value = version;
  open.preview.value = null;
}

const ASK_AGAIN_MS = 1000;

/** Asks until there is an answer; who changes the numbers meanwhile, or leaves, wants none. */
async function tryOut(open: Open, name: SectionView['name'], hasLeft: () => boolean): Promise<void> {
  const tried = open.draft.value;
  const isWanted = () => open.draft.value === tried && !hasLeft();
  while (isWanted()) {
    const answer = await previewSection(name, tried);
    if (!isWanted()) return;
    if (!('state' in answer)) {
      open.preview.value = answer;
      return;
    }
    open.underway.value = answer;
    await new Promise((resolve) => void setTimeout(resolve, ASK_AGAIN_MS));
  }
}

/** What can be done about what somebody else saved: mine stays in the form, and saving again replaces theirs knowingly; or theirs is taken. */
const answers = (open: Open) => ({
  keepMine() {
    const { conflict } = open;
    if (!conflict.value) return;
    open.version.value = conflict.value.version;
    open.saved.value = conflict.value.value;
    conflict.value = null;
  },
  takeTheirs() {
    if (open.conflict.value) keep(open, open.conflict.value);
    open.conflict.value = null;
  },
});

/** One section being changed; `done` is told after it was saved. */
export function useSection(section: SectionView, done: (text: string) => void) {
  const open = openSection(section);
  const { draft, saved, version, preview } = open;
  const visit = { isOver: false };
  onScopeDispose(() => (visit.isOver = true));
  const kept = (next: { value: unknown; version: number }, text: string) => {
    keep(open, next);
    done(text);
  };
  return {
    ...open,
    ...answers(open),
    isChanged: computed(() => !isSame(draft.value, saved.value)),
    isDefault: computed(() => isSame(saved.value, section.defaults)),
    set(path: readonly string[], value: Json) {
      draft.value = withValue(draft.value, path, value);
      preview.value = null;
    },
    save: () =>
      run(open, 'save', async () => {
        const wish = { value: draft.value, version: version.value };
        kept(await saveSection(section.name, wish), SETTINGS.saved(section.name));
      }),
    tryOut: () => run(open, 'preview', () => tryOut(open, section.name, () => visit.isOver)),
    reset: () =>
      run(open, 'reset', async () => {
        kept(await resetSection(section.name, version.value), SETTINGS.wasReset);
      }),
  };
}
