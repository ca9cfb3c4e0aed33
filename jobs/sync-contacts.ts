import { placeContact } from '../server/flows/accounts/place-contact.ts';
import { syncContacts } from '../server/flows/contacts/sync-contacts.ts';
import { syncStaff } from '../server/flows/staff/sync-staff.ts';
import { each } from './each.ts';
import type { Job } from './job.ts';

/** Every night: members, contacts and follow relations as WeCom has them, and every contact in an account. */
export const syncContactsJob: Job = {
  name: 'sync-contacts',
  cron: '0 30 2 * * *',
  async run(context) {
    const followers = await syncStaff(context);
    const drift = await syncContacts(context, followers);
    const placed = await each(
      context.contacts.unplaced(),
      { log: context.log, name: 'sync-contacts' },
      async ({ _id }) => Boolean(await placeContact(context, _id)),
    );
    return { staff: followers.length, ...drift, placed: placed['done'] ?? 0, failed: placed['failed'] ?? 0 };
  },
};
