import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { openPlatform, type SandboxPlatform } from '@genjin/wecom-sandbox';
import type { Book } from './book.ts';
import { makeCorp } from './make-corp.ts';

/** What the product needs to know of the platform; the same that settings would say of a real corp. */
export type SandboxSite = {
  origin: string;
  /** Where the product's own server is reached. */
  publicUrl: string;
  corpName: string;
  credentials: SandboxPlatform['credentials'];
};

/** A platform of our own, or (`platform: null`) the one that another process of this machine runs on the same data. */
export type Sandbox = {
  site: SandboxSite;
  platform: SandboxPlatform | null;
  book: () => Book;
  /** The time of this little world, which the control API moves; the product lives in it too. */
  now: () => Date;
  /** Tells commands on this machine where the platform is; only who holds the database may say so. */
  announce: () => void;
  close: () => Promise<void>;
};

export type SandboxOptions = {
  dir: string;
  publicUrl: string;
  mode: 'own' | 'join-or-own';
  now?: () => Date;
};

/** The corp is the same on every machine. */
const SEED = 20_260_101;

/** Opens the stand-in WeCom with its believable corp; its state lives in `dir`. */
export async function openSandbox({
  dir,
  publicUrl,
  mode,
  now = () => new Date(),
}: SandboxOptions): Promise<Sandbox> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const notice = joinPath(dir, 'sandbox-server.json');
  const book = () => makeCorp({ seed: SEED, now: now() }).book;
  const running = mode === 'join-or-own' ? await findRunning(notice) : null;
  if (running) return join(running, { book, now });
  const { corp } = makeCorp({ seed: SEED, now: now() });
  const platform = await openPlatform({
    corp,
    file: joinPath(dir, 'sandbox.json'),
    trustedOrigin: publicUrl,
    now,
  });
  const site = {
    origin: platform.origin,
    publicUrl,
    corpName: platform.state.corp.corpName,
    credentials: platform.credentials,
  };
  const board = createBoard(notice, site);
  const later = () => new Date(now().getTime() + platform.clock.offsetSeconds() * 1000);
  const close = async () => {
    await platform.close();
    board.takeDown();
  };
  return { site, platform, book, now: later, announce: board.announce, close };
}

/** Where commands find the platform, while it is announced. */
function createBoard(notice: string, site: SandboxSite) {
  let isAnnounced = false;
  return {
    announce(): void {
      writeFileSync(notice, JSON.stringify(site), { mode: 0o600 });
      isAnnounced = true;
    },
    takeDown(): void {
      if (isAnnounced) rmSync(notice, { force: true });
    },
  };
}

const nothing = () => undefined;

/** What another process runs, with the time as it stands there. */
async function join(site: SandboxSite, { book, now }: Pick<Sandbox, 'book' | 'now'>): Promise<Sandbox> {
  const moved = await movedBy(site.origin);
  const later = () => new Date(now().getTime() + moved);
  return { site, platform: null, book, now: later, announce: nothing, close: async () => undefined };
}

/** By how many ms the running platform's time was moved. */
async function movedBy(origin: string): Promise<number> {
  const answer = await fetch(`${origin}/sandbox/control/clock`, { signal: AbortSignal.timeout(2000) });
  return ((await answer.json()) as { offsetSeconds: number }).offsetSeconds * 1000;
}

/** What the notice names, if somebody answers there. */
async function findRunning(notice: string): Promise<SandboxSite | null> {
  try {
    const site = JSON.parse(readFileSync(notice, 'utf8')) as SandboxSite;
    const answer = await fetch(`${site.origin}/sandbox/control/state`, { signal: AbortSignal.timeout(2000) });
    return answer.ok ? site : null;
  } catch {
    return null;
  }
}
