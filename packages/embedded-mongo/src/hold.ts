import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Who holds a directory, or wants to, as told over its socket. `silent`: somebody is there and does not answer. */
export type Claimant = {
  readonly id: string;
  readonly state: 'wants' | 'holds' | 'ends' | 'silent';
  readonly pid: number; // in its own container; 0 when silent
  readonly host: string;
};

/** A directory that nobody else can hold until `release`, or until this process is gone, however it goes. */
export type Hold = {
  /** Tells whoever wants the directory that it is worth waiting for. */
  readonly announceEnd: () => void;
  readonly release: () => void;
};

/** Another process holds the directory. */
export class DatabaseInUseError extends Error {
  constructor(dir: string, { pid, host }: Pick<Claimant, 'pid' | 'host'>) {
    const who = pid > 0 ? `the process with pid ${pid} on ${host}` : 'a process that does not answer';
    super(
      `The embedded database in ${dir} is in use by ${who}. ` +
        'Stop that process, or set DATA_DIR to another directory, or set MONGODB_URI to share one MongoDB server.',
    );
    this.name = 'DatabaseInUseError';
  }
}

/** Longer than any stop of ours takes: 10 s. */
const PATIENCE_MS = 13_000;
const ANSWER_MS = 1500;
const LOOK_AGAIN_MS = 40;
/** A draft older than that was left behind by a process that was killed. */
const OLD_DRAFT_MS = 60_000;

const CLAIM = /^hold-([0-9a-f]{16})\.sock$/;
const claimFile = (id: string) => `hold-${id}.sock`;
const DRAFT = 'hold-draft-';

/**
 * Takes `dir` for this process. The right to it is a listening socket in it, which the kernel closes with its process: pids say
 * nothing, because two containers both have a pid 1. A claim appears listening already (a rename), and its name is never used
 * again, so a socket at which nobody listens is dead for good and may be removed. Whoever has put up a claim and then sees no
 * other living one holds the directory: of two claims the later one always sees the earlier. Of those that see each other the
 * greater id steps back.
 *
 * @throws {DatabaseInUseError} somebody holds it; one that is just ending, or too busy to answer, is waited for.
 */
export async function holdDirectory(dir: string, patienceMs = PATIENCE_MS): Promise<Hold> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const id = randomBytes(8).toString('hex');
  const until = Date.now() + patienceMs;
  for (;;) {
    const claim = await putUpClaim(dir, id);
    const rival = await win(dir, claim, until).catch((error: unknown) => {
      claim.release();
      throw error;
    });
    if (!rival) return claim;
    claim.release();
    const isWorthWaiting = rival.state !== 'holds' && Date.now() < until;
    if (!isWorthWaiting) throw new DatabaseInUseError(dir, rival);
    await pause(LOOK_AGAIN_MS * (1 + Math.random()));
  }
}

type Claim = Hold & { readonly id: string; tell: (state: Claimant['state']) => void };

/** Null when `claim` has become the holder; else the rival for whom it has to step back. */
async function win(dir: string, claim: Claim, until: number): Promise<Claimant | null> {
  for (;;) {
    const rivals = await livingRivals(dir, claim.id);
    if (rivals.length === 0) {
      claim.tell('holds');
      return null;
    }
    const stronger = rivals.find(({ state, id }) => state !== 'wants' || id < claim.id);
    if (stronger ?? Date.now() >= until) return stronger ?? rivals[0] ?? null;
    await pause(LOOK_AGAIN_MS);
  }
}

async function putUpClaim(dir: string, id: string): Promise<Claim> {
  const draft = `${DRAFT}${id}-${randomBytes(4).toString('hex')}`;
  let state: Claimant['state'] = 'wants';
  const server = createServer((socket) => {
    socket.on('error', () => undefined); // who asked may go before the answer
    socket.end(JSON.stringify({ id, state, pid: process.pid, host: hostname() }));
  });
  await withShortName(dir, (short) => listening(server, join(short, draft)));
  renameSync(join(dir, draft), join(dir, claimFile(id)));
  server.unref();
  return {
    id,
    tell: (next) => {
      state = next;
    },
    announceEnd: () => {
      state = 'ends';
    },
    release: () => {
      rmSync(join(dir, claimFile(id)), { force: true });
      server.close();
    },
  };
}

const listening = (server: Server, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve());
  });

/** Everybody else whose claim is alive; what the dead left behind is removed. */
async function livingRivals(dir: string, own: string): Promise<Claimant[]> {
  const rivals: Claimant[] = [];
  for (const name of readdirSync(dir)) {
    if (name.startsWith(DRAFT)) removeOldDraft(join(dir, name));
    const id = CLAIM.exec(name)?.[1];
    if (!id || id === own) continue;
    const answer = await withShortName(dir, (short) => ask(join(short, name)));
    if (answer === 'dead') rmSync(join(dir, name), { force: true });
    else rivals.push(claimantOf(id, answer));
  }
  return rivals;
}

function removeOldDraft(file: string): void {
  const madeAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  if (Date.now() - madeAt > OLD_DRAFT_MS) rmSync(file, { force: true });
}

function claimantOf(id: string, answer: string): Claimant {
  try {
    const { state, pid, host } = JSON.parse(answer) as Claimant;
    return { id, state, pid, host };
  } catch {
    return { id, state: 'silent', pid: 0, host: '' };
  }
}

/** What is told at a socket; '' when somebody listens and says nothing in time; `dead` when nobody listens. */
function ask(path: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(path);
    let told = '';
    const end = (answer: string) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(ANSWER_MS, () => end(told));
    socket.on('data', (chunk: Buffer) => (told += chunk.toString()));
    socket.once('end', () => end(told));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      end(['ECONNREFUSED', 'ENOENT', 'ENOTSOCK'].includes(error.code ?? '') ? 'dead' : told),
    );
  });
}

/** How long the path of a socket may be: 104 bytes on macOS, 108 on Linux, with the ending 0. */
export const MAX_SOCKET_BYTES = 100;

/** Gives `work` a name of `dir` under which sockets can be reached, however long its own is. */
async function withShortName<Result>(dir: string, work: (short: string) => Promise<Result>): Promise<Result> {
  const longest = `${DRAFT}${'0'.repeat(25)}`;
  if (Buffer.byteLength(join(dir, longest)) <= MAX_SOCKET_BYTES) return work(dir);
  const folder = mkdtempSync(join(tmpdir(), 'genjin-'));
  const alias = join(folder, 'd');
  symlinkSync(dir, alias);
  try {
    return await work(alias);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
