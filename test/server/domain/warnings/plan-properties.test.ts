import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Finding } from '../../../../server/domain/warnings/facts.ts';
import { planWarnings, warningKey, type StandingWarning } from '../../../../server/domain/warnings/plan.ts';
import { DEFAULT_WARNINGS } from '../../../../server/domain/warnings/settings.ts';
import { aWatch, noon, NOW } from '../../../support/a-watch.ts';

const anyKind = fc.constantFrom('detractor' as const, 'kdm_stale' as const, 'follow_up_overdue' as const);
const anySubject = fc.constantFrom('wm1', 'wm2');
const anyWhy = fc.record({
  text: fc.constantFrom('a', 'b'),
  inputs: fc.record({ score: fc.nat(2) }),
  boundary: fc.constantFrom(null, { name: 'score', value: 6 }),
});
const anyFindings: fc.Arbitrary<Finding[]> = fc.uniqueArray(
  fc
    .tuple(fc.record({ kind: anyKind, subject: anySubject, isFresh: fc.boolean() }), anyWhy)
    .map(([about, why]) => ({ ...about, ...why, contactId: null })),
  { selector: warningKey },
);
const anyStanding: fc.Arbitrary<StandingWarning[]> = fc.uniqueArray(
  fc
    .tuple(
      fc.record({
        kind: anyKind,
        subject: anySubject,
        state: fc.constantFrom('open' as const, 'acknowledged' as const, 'resolved' as const),
        raisedAt: fc.constantFrom(...['2026-03-10', '2026-02-20', '2025-12-01'].map(noon)),
        resolvedBy: fc.constantFrom('anna', null),
      }),
      anyWhy,
    )
    .map(([about, why]) => ({
      ...about,
      ...why,
      _id: warningKey(about),
      level: DEFAULT_WARNINGS.rules[about.kind].level,
    })),
  { selector: warningKey },
);
const watch = aWatch();

/** The shelf after a plan was carried out. */
function after(standing: readonly StandingWarning[], plan: ReturnType<typeof planWarnings>) {
  const update = new Map([...plan.refresh, ...plan.reopen].map(({ id, finding }) => [id, finding]));
  const reopened = new Set(plan.reopen.map(({ id }) => id));
  const resolved = new Set(plan.resolve);
  const kept = standing.map((each): StandingWarning => {
    const { text, inputs, boundary } = update.get(each._id) ?? each;
    const level = DEFAULT_WARNINGS.rules[each.kind].level;
    if (resolved.has(each._id)) return { ...each, state: 'resolved', resolvedBy: null };
    return { ...each, text, inputs, boundary, level, state: reopened.has(each._id) ? 'open' : each.state };
  });
  const raised = plan.raise.map(({ kind, subject, text, inputs, boundary }): StandingWarning => ({
    _id: `${warningKey({ kind, subject })}:new`,
    kind,
    subject,
    text,
    inputs,
    boundary,
    level: DEFAULT_WARNINGS.rules[kind].level,
    state: 'open',
    raisedAt: NOW,
    resolvedBy: null,
  }));
  return [...kept, ...raised];
}

it('the same facts once more find nothing to write: nobody is told twice', () => {
  fc.assert(
    fc.property(anyFindings, anyStanding, (findings, standing) => {
      const shelf = after(standing, planWarnings(findings, standing, watch));
      expect(planWarnings(findings, shelf, watch)).toEqual({
        raise: [],
        reopen: [],
        refresh: [],
        resolve: [],
      });
    }),
  );
});

it('of a kind and subject there is one warning at a time, and it stands for a fact that holds', () => {
  fc.assert(
    fc.property(anyFindings, anyStanding, (findings, standing) => {
      const shelf = after(standing, planWarnings(findings, standing, watch));
      const standingNow = shelf.filter(({ state }) => state !== 'resolved').map(warningKey);
      expect(new Set(standingNow).size).toBe(standingNow.length);
      const holding = new Set(findings.map(warningKey));
      for (const key of standingNow) expect(holding.has(key)).toBe(true);
    }),
  );
});

it('every finding has one fate at most, and what somebody resolved within the window stays resolved', () => {
  fc.assert(
    fc.property(anyFindings, anyStanding, (findings, standing) => {
      const { raise, reopen, refresh } = planWarnings(findings, standing, watch);
      const fates = [...raise, ...[...reopen, ...refresh].map(({ finding }) => finding)].map(warningKey);
      expect(new Set(fates).size).toBe(fates.length);
      const settled = standing.filter(
        ({ state, resolvedBy, raisedAt }) =>
          state === 'resolved' && resolvedBy !== null && raisedAt >= noon('2026-03-10'),
      );
      for (const key of settled.map(warningKey)) expect(fates).not.toContain(key);
    }),
  );
});
