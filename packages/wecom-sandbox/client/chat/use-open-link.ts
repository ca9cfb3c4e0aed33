import type { ChatMessage } from '../control.ts';
import { isCustomer } from '../person.ts';
import { useSandbox } from '../use-sandbox.ts';

/** What a click on a link of a chat does: the customer's phone opens it; from the member's own message one goes to that phone. */
export function useOpenLink(): (href: string, message: ChatMessage) => void {
  const { person, act, identity, chats, pages, screen } = useSandbox();
  return (href, { peer, fromMe }) => {
    const me = person.value;
    if (me === null) return;
    if (isCustomer(me) || !fromMe || !isCustomer(peer)) {
      pages.open(href);
      if (!isCustomer(me)) screen.tab.value = 'side';
      return;
    }
    chats.chooseFor(peer, me);
    void act(() => identity.become(peer));
  };
}
