import { calendarDay, daysBetween } from '../calendar.ts';
import { kdmFreshness, type Kdm } from '../contacts/kdm.ts';
import { npsGroup } from '../nps/nps.ts';
import { dayName } from '../texts.ts';
import type { Finding, Watch, WarningFacts, WarningRelation } from './facts.ts';
import type { WarningKind } from './kinds.ts';

/** Whose going the account feels: with a part in the decision, or a say over money. */
export const isKeyPerson = ({ decisionRole, budget }: Kdm): boolean =>
  Boolean(decisionRole) || budget === 'final' || budget === 'approves_up_to';

const isRecent = (at: Date, { today, timeZone, settings }: Watch) =>
  daysBetween(calendarDay(at, timeZone), today) <= settings.thresholds.eventDays;

const nameOf = ({ contacts }: WarningFacts, externalUserId: string) =>
  contacts.find(({ _id }) => _id === externalUserId)?.name || '联系人';

/** Key persons whom nobody follows any more, with the relation that was lost last. */
function keyLosses({ contacts, relations }: WarningFacts): WarningRelation[] {
  return contacts.flatMap(({ _id, kdm }) => {
    const theirs = relations.filter(({ externalUserId }) => externalUserId === _id);
    if (!isKeyPerson(kdm) || theirs.some(({ lostAt }) => !lostAt)) return [];
    const lost = theirs.filter(({ lostBy }) => lostBy !== 'transferred');
    return lost.toSorted((a, b) => (b.lostAt?.getTime() ?? 0) - (a.lostAt?.getTime() ?? 0)).slice(0, 1);
  });
}

/** KDM left: a key person is followed by nobody any more. */
export function kdmLeft(facts: WarningFacts, watch: Watch): Finding[] {
  return keyLosses(facts).map(({ externalUserId, lostAt, lostBy }) => ({
    kind: 'kdm_left',
    subject: externalUserId,
    text: `关键决策人 ${nameOf(facts, externalUserId)} 已无人联系`,
    inputs: { lostAt: lostAt?.toISOString() ?? null, lostBy },
    boundary: null,
    isFresh: Boolean(lostAt && isRecent(lostAt, watch)),
    contactId: externalUserId,
  }));
}

/** A relation that one side ended; a key person who is lost altogether is told of as such, not twice. */
const lossRule =
  (kind: WarningKind, lostBy: WarningRelation['lostBy'], textOf: (name: string, day: string) => string) =>
  (facts: WarningFacts, watch: Watch): Finding[] => {
    const told = new Set(keyLosses(facts).map(({ externalUserId }) => externalUserId));
    return facts.relations.flatMap(({ staffId, externalUserId, lostAt, ...lost }) => {
      if (!lostAt || lost.lostBy !== lostBy || told.has(externalUserId)) return [];
      const day = dayName(calendarDay(lostAt, watch.timeZone));
      const finding: Finding = {
        kind,
        subject: `${staffId}:${externalUserId}`,
        text: textOf(nameOf(facts, externalUserId), day),
        inputs: { staffId, lostAt: lostAt.toISOString() },
        boundary: null,
        isFresh: isRecent(lostAt, watch),
        contactId: externalUserId,
      };
      return [finding];
    });
  };

/** A contact deleted us (`del_follow_user`). */
export const contactLeft = lossRule(
  'contact_left',
  'by_contact',
  (name, day) => `联系人 ${name} 于 ${day} 删除了我方`,
);

/** Staff deleted a contact (`del_external_contact`). */
export const contactDeleted = lossRule(
  'contact_deleted',
  'by_staff',
  (name, day) => `我方员工于 ${day} 删除了联系人 ${name}`,
);

/** KDM stale: a key person's profile that nobody confirmed for longer than the settings allow, or ever. */
export function kdmStale(facts: WarningFacts, watch: Watch): Finding[] {
  const followed = new Set(
    facts.relations.flatMap(({ externalUserId, lostAt }) => (lostAt ? [] : [externalUserId])),
  );
  return facts.contacts.flatMap(({ _id, name, kdm }) => {
    if (!isKeyPerson(kdm) || !followed.has(_id)) return [];
    const { confirmedDaysAgo, isStale } = kdmFreshness(kdm, watch, watch);
    if (!isStale) return [];
    const since = confirmedDaysAgo === null ? '从未确认过' : `已 ${confirmedDaysAgo} 天未确认`;
    const finding: Finding = {
      kind: 'kdm_stale',
      subject: _id,
      text: `关键决策人 ${name || '联系人'} 的资料${since}`,
      inputs: { confirmedAt: kdm.confirmedAt ? kdm.confirmedAt.toISOString() : null },
      boundary: { name: 'staleDays', value: watch.staleDays },
      isFresh: true,
      contactId: _id,
    };
    return [finding];
  });
}

/** The last mark of a contact is that of a detractor, and nobody has closed its loop. One from before go-live raises nothing. */
export function detractor(facts: WarningFacts, watch: Watch): Finding[] {
  return facts.answers
    .filter(({ score, closure }) => npsGroup(score) === 'detractor' && !closure)
    .map(({ externalUserId, score, answeredAt }) => ({
      kind: 'detractor',
      subject: externalUserId,
      text: `${nameOf(facts, externalUserId)} 给出了 ${score} 分的评价`,
      inputs: { score, answeredAt: answeredAt.toISOString() },
      boundary: { name: 'score', value: 6 },
      isFresh: isRecent(answeredAt, watch) && calendarDay(answeredAt, watch.timeZone) >= watch.goLive.day,
      contactId: externalUserId,
    }));
}

/** A head account with fewer followed contacts than it should have: no second contact. */
export function singleThreaded({ account, relations }: WarningFacts, { settings }: Watch): Finding[] {
  const { headContacts } = settings.thresholds;
  const followed = new Set(
    relations.flatMap(({ externalUserId, lostAt }) => (lostAt ? [] : [externalUserId])),
  );
  if (account.tier !== 'head' || followed.size >= headContacts) return [];
  return [
    {
      kind: 'single_threaded',
      subject: account._id,
      text: `头部客户只有 ${followed.size} 位联系人，应至少有 ${headContacts} 位`,
      inputs: { contacts: followed.size },
      boundary: { name: 'contacts', value: headContacts },
      isFresh: true,
      contactId: [...followed][0] ?? null,
    },
  ];
}

const DAY_MS = 86_400_000;

/** Complaint open > 2 days, of 24 h each from when it came in. Source: domain.md §12. */
export function complaintOpen(facts: WarningFacts, { now, settings }: Watch): Finding[] {
  const { complaintDays } = settings.thresholds;
  return facts.complaints.flatMap(({ _id, externalUserId, openedAt }) => {
    const openMs = now.getTime() - openedAt.getTime();
    if (openMs <= complaintDays * DAY_MS) return [];
    const whose = externalUserId ? `${nameOf(facts, externalUserId)} 的投诉` : '投诉';
    const finding: Finding = {
      kind: 'complaint_open',
      subject: _id,
      text: `${whose}已超过 ${complaintDays} 天没有处理完`,
      inputs: { openedAt: openedAt.toISOString(), openDays: Math.floor(openMs / DAY_MS) },
      boundary: { name: 'openDays', value: complaintDays },
      isFresh: true,
      contactId: externalUserId,
    };
    return [finding];
  });
}
