import { addMembers, removeMembers } from './actions/change-members.ts';
import { changeNotice, changeOwner, createGroup, dismissGroup, renameGroup } from './actions/edit-group.ts';
import { addViaLink, buyLinkUses, clickLink, deleteLink } from './actions/come-by-link.ts';
import { sendOwnMassMessage } from './actions/confirm-mass-message.ts';
import { failTransferFull, refuseTransfer } from './actions/end-transfer.ts';
import { pressCard } from './actions/press-card.ts';
import { publishMoment, publishOwnMoment, reactToMoment } from './actions/publish-moment.ts';
import { scanContactWay } from './actions/scan-contact-way.ts';
import type { Platform } from './platform.ts';

/** What people do in groups, with cards, codes, links, transfers and moments, bound to one platform. */
export function bindOutreachActions(platform: Platform) {
  const bind =
    <Wish, Result>(act: (platform: Platform, wish: Wish) => Result) =>
    (wish: Wish): Result =>
      act(platform, wish);
  return {
    createGroup: bind(createGroup),
    dismissGroup: bind(dismissGroup),
    changeOwner: bind(changeOwner),
    renameGroup: bind(renameGroup),
    changeNotice: bind(changeNotice),
    addMembers: bind(addMembers),
    removeMembers: bind(removeMembers),
    refuseTransfer: bind(refuseTransfer),
    failTransferFull: bind(failTransferFull),
    scanContactWay: bind(scanContactWay),
    addViaLink: bind(addViaLink),
    clickLink: bind(clickLink),
    buyLinkUses: bind(buyLinkUses),
    deleteLink: bind(deleteLink),
    pressCard: bind(pressCard),
    publishMoment: bind(publishMoment),
    publishOwnMoment: bind(publishOwnMoment),
    reactToMoment: bind(reactToMoment),
    sendOwnMassMessage: bind(sendOwnMassMessage),
  };
}
