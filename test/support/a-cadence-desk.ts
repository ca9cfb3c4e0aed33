import { anOpenCampaign } from './nps-world.ts';
import { aMember, aVisitor } from './a-visitor.ts';

type Cadence = {
  state: string;
  reason: string;
  dueOn: string;
  overdueWorkingDays: number;
  lastTouchAt: string | null;
  lastSignAt: string | null;
  owed: { reason: string; dueOn: string }[];
};

/** What the sidebar shows of a contact, as far as a test of the cadence looks. */
export type Shown = {
  account: { id: string };
  cadence: Cadence;
  promises: { id: string; text: string; day: string; isExpired: boolean }[];
  questions: { id: string; text: string }[];
  followUps: {
    id: string;
    purpose: string;
    notes: string;
    mayCorrect: boolean;
    correctedAt: string | null;
    takenBackAt: string | null;
  }[];
  nps: { latest: { closure: object | null } | null; waiting: { answerId: string; score: number }[] };
};

/** anna and ben follow wm1 of 甲, of the given tier, on Wednesday 11 March 2026 at ten; wm1 may be asked for a mark. */
export async function aCadenceDesk(tier: 'head' | 'waist' | 'tail' = 'head') {
  const { world, campaign } = await anOpenCampaign([
    ['anna', 'wm1', '甲'],
    ['ben', 'wm1', '甲'],
  ]);
  const { context, origin } = world;
  const accountId = (await context.accounts.findByKey('甲'))?._id ?? '';
  // Pinned, or an answer would classify the account anew.
  const pin = { reason: 't', by: 'lena', at: context.now(), expiresOn: '2027-03-11' };
  const [tierPin, stagePin] = [
    { ...pin, value: tier },
    { ...pin, value: 'repeat' as const },
  ];
  await context.accounts.update(accountId, { tier, tierPin, stage: 'repeat', stagePin });
  /** Clocks jump by days here, which a session does not outlive. */
  const as = (staffId: string) => aMember(origin, staffId);
  const post = async (path: string, body: object, by = 'anna') => {
    const answer = await (await as(by)).send(path, body);
    return {
      status: answer.status,
      body: (await answer.json()) as {
        id: string;
        cadence: Cadence;
        error: { code: string; message: string };
      },
    };
  };
  return {
    world,
    accountId,
    read: async (path: string, by = 'anna') => (await as(by)).read(path),
    shown: async () => (await as('anna')).read('/api/v1/contacts/wm1/profile') as Promise<Shown>,
    log: (note: object, by = 'anna') => post('/api/v1/contacts/wm1/follow-ups', note, by),
    send: (message: object) => post('/api/v1/contacts/wm1/messages', message),
    ofAccount: (path: string, body: object = {}, by = 'anna') =>
      post(`/api/v1/accounts/${accountId}/${path}`, body, by),
    /** wm1 answers, or corrects the answer. */
    async answer(score: number) {
      const id = `${campaign._id}:wm1`;
      const about = { _id: id, campaignId: campaign._id, externalUserId: 'wm1', accountId, staffId: 'anna' };
      const asked = { programme: 'p', batchId: 'b', state: 'sent' as const, askedAt: context.now() };
      await context.invitations.claim({ ...about, ...asked });
      const customer = aVisitor(origin, 'customer:wm1');
      await customer.follow(`/s/c/${campaign._id}`);
      const answered = await customer.send(`/api/v1/survey/${context.signer.seal('survey', id)}`, { score });
      if (answered.status !== 200) throw new Error(await answered.text());
      return id;
    },
  };
}
