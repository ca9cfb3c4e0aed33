import { z } from 'zod';
import { askContent, customerContent, type Attachment } from './attachments.ts';
import type { WecomCall } from '../client/call.ts';
import { defineCall, decodesNothing } from '../client/define-call.ts';
import { createMassMessagesApi } from './mass-messages.ts';
import type { MassResult } from './mass-results.ts';
import { anyOf, id } from '../client/request-shapes.ts';

/** A link shown as a card in a message to customers. */
export type MessageLink = { title: string; description: string; url: string };

/** A mass message to be confirmed by one member. */
export type Proposal = {
  staffId: string;
  externalUserIds: readonly string[];
  text: string;
  link: MessageLink;
};

/** What became of one recipient. */
export type SendResult = Pick<MassResult, 'externalUserId' | 'outcome'>;

type Welcome = { welcomeCode: string; text: string; attachments: readonly Attachment[] };

const welcome = defineCall({
  path: '/cgi-bin/externalcontact/send_welcome_msg',
  request: z
    .strictObject({ welcome_code: id, ...customerContent(4000) })
    .superRefine(anyOf('text', 'attachments')),
  encode: ({ welcomeCode, ...content }: Welcome) => ({ welcome_code: welcomeCode, ...askContent(content) }),
  ...decodesNothing,
  isRepeatable: false,
});

/** Messages to customers: mass messages that a member confirms, and the welcome. @see …/path/92135, 97611, 92137 */
export function createCustomerMessages(call: WecomCall) {
  const mass = createMassMessagesApi(call);
  return {
    /** Makes a task that the member confirms in WeCom. `refused` are contacts who cannot get it. @throws {WecomError} 41048 when that is everybody. */
    propose: ({ staffId, externalUserIds, text, link }: Proposal) => {
      const { title, description, url } = link;
      const attachment: Attachment = { msgtype: 'link', link: { title, desc: description, url } };
      return mass.add({ kind: 'contacts', staffId, externalUserIds }, { text, attachments: [attachment] });
    },
    /** Mass messages made between two instants (at most a month apart), with the links they hold, and how many could not be read. */
    async proposed(
      from: Date,
      to: Date,
    ): Promise<{ found: { msgid: string; urls: string[] }[]; unread: number }> {
      const found: { msgid: string; urls: string[] }[] = [];
      let unread = 0;
      const onStrays = (count: number) => void (unread += count);
      for await (const page of mass.pages({ from, to, onStrays }))
        found.push(...page.map(({ msgid, urls }) => ({ msgid, urls })));
      return { found, unread };
    },
    /** What became of a mass message at one member's customers. */
    async results(msgid: string, staffId: string): Promise<SendResult[]> {
      const found: SendResult[] = [];
      for await (const page of mass.results({ msgid, staffId }))
        found.push(...page.map(({ externalUserId, outcome }) => ({ externalUserId, outcome })));
      return found;
    },
    /** Greets a new customer once, within 20 s of the event. @throws {WecomError} 41050 too late, 41051 somebody was first. */
    welcome: (welcomeCode: string, text: string, attachments: readonly Attachment[] = []): Promise<void> =>
      welcome(call)({ welcomeCode, text, attachments }),
  };
}
