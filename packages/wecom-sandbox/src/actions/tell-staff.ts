import { announce } from '../platform.ts';
import type { Platform } from '../platform.ts';
import type { XmlField } from '../state.ts';

/** Elements that hold no personal data; more than these goes to set-ups of before August 2022 only. Source: wecom.md §2.4. */
const IMPERSONAL = new Set(
  'UserID NewUserID Department MainDepartment IsLeaderInDept DirectLeader Id ParentId Order'.split(' '),
);

/** Keeps a change of the address book and tells of it as change_contact, as far as the rules allow. */
export function tellStaff(platform: Platform, changeType: string, fields: XmlField[]): void {
  const { staffEvents } = platform.rules;
  if (staffEvents !== 'none') {
    const told = staffEvents === 'full' ? fields : fields.filter(([name]) => IMPERSONAL.has(name));
    announce(platform, { queue: 'staff', event: 'change_contact', changeType, fields: told });
  }
  platform.save();
  platform.deliver();
}
