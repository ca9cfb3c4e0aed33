import { ActionError } from '../action-error.ts';
import { isSameUserid } from '../api/find-people.ts';
import { announce } from '../platform.ts';
import type { Platform } from '../platform.ts';
import { issueCode } from '../response-codes.ts';
import type { CardControls } from '../slices/cards.ts';
import type { XmlField } from '../state.ts';

/** A member presses a button of a card, or chooses from its menu; `selected` are option ids by question. */
export type PressCard = {
  userid: string;
  msgid?: string | undefined;
  taskId?: string | undefined;
  key: string;
  selected?: Record<string, string[]> | undefined;
};

/** Announces template_card_event (or …_menu_event) with a fresh ResponseCode. @throws {ActionError} 400, 404, 409 */
export function pressCard(platform: Platform, wish: PressCard): { responseCode: string } {
  const { userid, msgid, controls } = cardOf(platform, wish);
  const isMenu = controls.menu.some(({ key }) => key === wish.key);
  const isButton = controls.buttons.some(({ key, url }) => key === wish.key && url === null);
  if (!isMenu && !isButton) throw new ActionError(404, 'unknown_button', '没有这个按钮');
  if (!isMenu && controls.replacedBy !== null)
    throw new ActionError(409, 'already_pressed', '这张卡片已处理');
  const selected = isMenu ? [] : selectedItems(controls, wish.selected ?? {});
  const responseCode = issueCode(platform, msgid);
  announce(platform, {
    queue: `app:${userid}`,
    event: isMenu ? 'template_card_menu_event' : 'template_card_event',
    from: userid,
    isOfApp: true,
    fields: [
      ['EventKey', wish.key],
      ['TaskId', controls.taskId],
      ['CardType', controls.cardType],
      ['ResponseCode', responseCode],
      ...selected,
    ],
  });
  platform.save();
  platform.deliver();
  return { responseCode };
}

/** The member's own copy of the card. @throws {ActionError} 404 `unknown_card` */
function cardOf(
  { state }: Platform,
  { userid, msgid, taskId }: PressCard,
): { userid: string; msgid: string; controls: CardControls } {
  for (const message of state.messages) {
    if (message.kind !== 'app' || !message.controls || !isSameUserid(message.to, userid)) continue;
    if (message.id === msgid || message.controls.taskId === taskId)
      return { userid: message.to, msgid: message.id, controls: message.controls };
  }
  throw new ActionError(404, 'unknown_card', '没有这张卡片');
}

/** What was chosen, question by question; nothing for a card without questions. @throws {ActionError} 400 */
function selectedItems({ questions }: CardControls, selected: Record<string, string[]>): XmlField[] {
  if (questions.length === 0) return [];
  const items = questions.map(({ key, options, isMulti }): XmlField => {
    const ids = selected[key] ?? [];
    const isKnown = ids.every((id) => options.some((option) => option.id === id));
    if (!isKnown || (!isMulti && ids.length > 1))
      throw new ActionError(400, 'wrong_option', '没有这个选项，或只能选一个');
    return [
      'SelectedItem',
      [
        ['QuestionKey', key],
        ['OptionIds', ids.map((id): XmlField => ['OptionId', id])],
      ],
    ];
  });
  if (Object.values(selected).flat().length === 0) throw new ActionError(400, 'nothing_chosen', '请先选择');
  return [['SelectedItems', items]];
}
