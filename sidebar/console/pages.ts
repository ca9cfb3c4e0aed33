import { computed, type Component } from 'vue';
import DoctorView from './doctor/DoctorView.vue';
import { lazyView } from './lazy-view.ts';
import { goTo, place } from './place.ts';
import type { Role } from './role.ts';

/** One page of the console: its part of the address, its tab, who finds it, and what it shows. */
export type Page = { route: string; title: string; roles: readonly Role[]; view: Component };

const EVERYONE: readonly Role[] = ['sales', 'manager', 'admin'];
const MANAGERS: readonly Role[] = ['manager', 'admin'];
const ADMINS: readonly Role[] = ['admin'];

/** Every page in the order of the tabs. The doctor's is there at once, because a report that was made is kept alive. */
const PAGES: readonly Page[] = [
  {
    route: 'accounts',
    title: '客户',
    roles: EVERYONE,
    view: lazyView(() => import('./accounts/AccountsView.vue')),
  },
  {
    route: 'warnings',
    title: '预警',
    roles: EVERYONE,
    view: lazyView(() => import('./warnings/WarningsView.vue')),
  },
  {
    route: 'absences',
    title: '请假',
    roles: EVERYONE,
    view: lazyView(() => import('./absences/AbsencesView.vue')),
  },
  {
    route: 'handovers',
    title: '交接',
    roles: MANAGERS,
    view: lazyView(() => import('./handovers/HandoversView.vue')),
  },
  {
    route: 'channels',
    title: '渠道',
    roles: MANAGERS,
    view: lazyView(() => import('./channels/ChannelsView.vue')),
  },
  {
    route: 'settings',
    title: '设置',
    roles: ADMINS,
    view: lazyView(() => import('./settings/SettingsView.vue')),
  },
  {
    route: 'connections',
    title: '接口',
    roles: ADMINS,
    view: lazyView(() => import('./connections/ConnectionsView.vue')),
  },
  { route: 'audit', title: '审计', roles: ADMINS, view: lazyView(() => import('./audit/AuditView.vue')) },
  {
    route: 'sessions',
    title: '登录',
    roles: ADMINS,
    view: lazyView(() => import('./sessions/SessionsView.vue')),
  },
  { route: 'doctor', title: '体检', roles: ADMINS, view: DoctorView },
  { route: 'syncs', title: '同步', roles: ADMINS, view: lazyView(() => import('./syncs/SyncsView.vue')) },
  { route: 'events', title: '事件', roles: ADMINS, view: lazyView(() => import('./events/EventsView.vue')) },
  {
    route: 'notices',
    title: '提醒',
    roles: ADMINS,
    view: lazyView(() => import('./notices/NoticesView.vue')),
  },
];

/** Which of the role's pages is open; the address remembers it over a reload, without a new entry in the history. */
export function usePage(role: () => Role) {
  const pages = computed(() => PAGES.filter(({ roles }) => roles.includes(role())));
  const page = computed(() => pages.value.find(({ route }) => route === place.value.tab) ?? pages.value[0]);
  return { pages, page, open: ({ route }: Page) => goTo(route) };
}
