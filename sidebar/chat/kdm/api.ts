import type { KdmDraft, KdmHistory, KdmSaved, OrgChartView } from '../../../server/api/contract/kdm.ts';
import { call } from '../../parts/api.ts';

const kdmOf = (externalUserId: string) => `/contacts/${encodeURIComponent(externalUserId)}/kdm`;

/** May be repeated: what is there already changes nothing. 409 `changed_meanwhile` when somebody saved in between. */
export const saveKdm = (externalUserId: string, draft: KdmDraft) =>
  call<KdmSaved>(kdmOf(externalUserId), draft);

/** Notes that the profile is right as it stood at `version`. */
export const confirmKdm = (externalUserId: string, version: number) =>
  call<{ confirmedAt: string }>(`${kdmOf(externalUserId)}/confirm`, { version });

/** The last changes of the profile. */
export const readKdmHistory = (externalUserId: string, limit: number) =>
  call<KdmHistory>(`${kdmOf(externalUserId)}/changes?limit=${limit}`);

/** Who reports to whom in an account. */
export const readOrgChart = (accountId: string) =>
  call<OrgChartView>(`/accounts/${encodeURIComponent(accountId)}/org-chart`);
