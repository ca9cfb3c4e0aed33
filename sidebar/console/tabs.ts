import { computed, type Component } from 'vue';
import DoctorView from './doctor/DoctorView.vue';
import { lazyView } from './lazy-view.ts';
import { goTo, place } from './place.ts';
import { tabsOf, type Role, type TabName } from './tab-roles.ts';

/** What each tab shows. The check-up is there at once, because a report that was made is kept alive. */
export const VIEWS: Readonly<Record<TabName, Component>> = {
  accounts: lazyView(() => import('./accounts/AccountsView.vue')),
  handovers: lazyView(() => import('./handovers/HandoversView.vue')),
  channels: lazyView(() => import('./channels/ChannelsView.vue')),
  settings: lazyView(() => import('./settings/SettingsView.vue')),
  connections: lazyView(() => import('./connections/ConnectionsView.vue')),
  audit: lazyView(() => import('./audit/AuditView.vue')),
  doctor: DoctorView,
  syncs: lazyView(() => import('./syncs/SyncsView.vue')),
  events: lazyView(() => import('./events/EventsView.vue')),
  notices: lazyView(() => import('./notices/NoticesView.vue')),
  warnings: lazyView(() => import('./warnings/WarningsView.vue')),
  absences: lazyView(() => import('./absences/AbsencesView.vue')),
  sessions: lazyView(() => import('./sessions/SessionsView.vue')),
};

/** Which of the role's tabs is open; the address remembers it over a reload, without a new entry in the history. */
export function useTab(role: () => Role) {
  const tabs = computed(() => tabsOf(role()));
  const tab = computed(() => tabs.value.find((name) => name === place.value.tab) ?? tabs.value[0]);
  return { tabs, tab, open: (next: TabName) => goTo(next) };
}
