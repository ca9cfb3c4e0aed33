import type { KdmDraft } from '../../server/api/contract/kdm.ts';

/** A profile 关键决策人 as a page sends it, of which nobody knows anything but `changes`. */
export const anEdit = (changes: Partial<KdmDraft['kdm']> = {}, version = 0): KdmDraft => ({
  version,
  kdm: {
    department: null,
    title: null,
    level: null,
    superiorId: null,
    isTop: null,
    scope: null,
    authority: null,
    budget: null,
    budgetUpToFen: null,
    methods: null,
    closeness: null,
    decisionRole: null,
    guideLevel: null,
    style: null,
    birthday: null,
    notes: null,
    ...changes,
  },
});
