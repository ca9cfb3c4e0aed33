/** A browser without a screen: keeps cookies, follows no redirect unless told. `person` is who holds the phone, e.g. `staff:anna`. */
export function aVisitor(origin: string, person?: string) {
  const jar = new Map<string, string>(person ? [['sandbox_person', person]] : []);
  const go = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookie ? { cookie } : {}), ...init.headers };
    const answer = await fetch(new URL(path, origin), { redirect: 'manual', ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value) jar.set(name, value);
      else jar.delete(name);
    }
    return answer;
  };
  const follow = async (path: string): Promise<{ answer: Response; url: URL }> => {
    let url = new URL(path, origin);
    for (let hops = 0; hops < 10; hops += 1) {
      const answer = await go(url.href);
      const next = answer.headers.get('location');
      if (!next) return { answer, url };
      url = new URL(next, url);
    }
    throw new Error(`too many redirects from ${path}`);
  };
  return { jar, follow, ...asking(go) };
}

type Go = (path: string, init?: RequestInit) => Promise<Response>;

/** What is done by asking: posting JSON, and reading it. */
const asking = (go: Go) => ({
  go,
  send: (path: string, body: unknown, headers: Record<string, string> = {}) =>
    go(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  read: async (path: string) => (await go(path)).json() as Promise<unknown>,
});

export type Visitor = ReturnType<typeof aVisitor>;

const LOGIN = '/auth/login?next=/api/v1/me';

/** A browser in which a member went through the sign-in once. */
export async function aSession(origin: string, staffId: string): Promise<Visitor> {
  const visitor = aVisitor(origin, `staff:${staffId}`);
  await visitor.follow(LOGIN);
  return visitor;
}

/** A member who signs in again, as the pages do, whenever the session is over: clocks jump in tests. */
export async function aMember(origin: string, staffId: string): Promise<Visitor> {
  const browser = await aSession(origin, staffId);
  const go = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const answer = await browser.go(path, init);
    if (answer.status !== 401) return answer;
    await browser.follow(LOGIN);
    return browser.go(path, init);
  };
  return { ...browser, ...asking(go) };
}
