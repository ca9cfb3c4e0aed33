import type { DoctorParts } from '../../context.ts';
import type { Verdict } from '../../domain/doctor/doctor-checks.ts';
import { proxiesVerdict } from '../../domain/doctor/doctor-settings.ts';
import { PROXY_NOTICE } from '../../domain/doctor/proxy-notice.ts';

/** Whether a proxy stands in front that the settings do not tell of. Without a database, the settings alone are judged. */
export async function checkProxies({
  settings,
  book,
}: Pick<DoctorParts, 'settings' | 'book'>): Promise<Verdict> {
  const open = settings.trustedProxies > 0 ? [] : await notices(book);
  return proxiesVerdict(
    settings,
    open.some(({ kind }) => kind === PROXY_NOTICE.kind),
  );
}

const notices = (book: DoctorParts['book']) =>
  book()
    .then((shelves) => shelves.notices.open())
    .catch(() => []);
