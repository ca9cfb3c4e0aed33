import { ActionError } from '../action-error.ts';
import { announce } from '../platform.ts';
import type { Platform } from '../platform.ts';
import { nextCount } from '../state.ts';
import type { SandboxStaff } from '../corp.ts';
import type { XmlField } from '../state.ts';
import { staffNamed } from './find-relation.ts';

/** Ids of messages to the app start above what a JavaScript number can hold. */
const FIRST_MSG_ID = 7_000_000_000_000_000_000n;

/** Tells what a member did in the app, and keeps it; who does not see the app can do nothing there. Source: wecom.md §2.5. */
export function tellApp(
  platform: Platform,
  userid: string,
  told: { event: string; msgType?: string; fields?: XmlField[] },
): void {
  const { event, msgType = 'event', fields = [] } = told;
  announce(platform, { queue: `app:${userid}`, event, msgType, from: userid, isOfApp: true, fields });
  platform.save();
  platform.deliver();
}

/** @throws {ActionError} 404, 409 `not_visible` */
export function appUser(platform: Platform, userid: string): SandboxStaff {
  const staff = staffNamed(platform, userid);
  if (!staff.isVisible) throw new ActionError(409, 'not_visible', '应用的可见范围里没有这位成员');
  return staff;
}

/** The app's visible range takes a member in, or leaves him out; announced as subscribe or unsubscribe. @throws {ActionError} 404 */
export function setVisible(
  platform: Platform,
  { userid, isVisible }: { userid: string; isVisible: boolean },
): void {
  const staff = staffNamed(platform, userid);
  if (staff.isVisible === isVisible) return;
  staff.isVisible = isVisible;
  tellApp(platform, staff.userid, { event: isVisible ? 'subscribe' : 'unsubscribe' });
}

/** Gives a member the 客户联系 function, or takes it; nobody is told. @throws {ActionError} 404 */
export function setCustomerFunction(
  platform: Platform,
  { userid, hasCustomers }: { userid: string; hasCustomers: boolean },
): void {
  staffNamed(platform, userid).hasCustomers = hasCustomers;
  platform.save();
}

/** A member opens the app; announced as enter_agent if the app wants to hear of it. @throws {ActionError} 404, 409 */
export function enterApp(platform: Platform, { userid }: { userid: string }): void {
  const staff = appUser(platform, userid);
  if (!platform.rules.reportsEnterAgent) return;
  tellApp(platform, staff.userid, { event: 'enter_agent', fields: [['EventKey', '']] });
}

/** A member taps the app's menu: a key (click), or a link (view). @throws {ActionError} 404, 409 */
export function tapMenu(
  platform: Platform,
  { userid, key, url }: { userid: string; key?: string | undefined; url?: string | undefined },
): void {
  const staff = appUser(platform, userid);
  const event = url === undefined ? 'click' : 'view';
  tellApp(platform, staff.userid, { event, fields: [['EventKey', url ?? key ?? '']] });
}

/** A member writes to the app; announced as a text message. @throws {ActionError} 404, 409 */
export function writeToApp(platform: Platform, { userid, text }: { userid: string; text: string }): void {
  const staff = appUser(platform, userid);
  const number = String(FIRST_MSG_ID + BigInt(nextCount(platform.state, 'message to app')));
  const isText = platform.rules.xmlStyle.msgId === 'text';
  const msgId = isText ? `CAIQ${Buffer.from(number).toString('base64')}` : number;
  const fields: XmlField[] = [
    ['Content', text],
    ['MsgId', msgId],
  ];
  tellApp(platform, staff.userid, { event: '', msgType: 'text', fields });
}
