import { createRequestId } from '../../parts/request-id.ts';
import type { Draft } from './box.ts';
import { MESSAGE } from './texts.ts';

/** The longest message, in UTF-16 units. Source: `PostMessage`. */
const MOST_CHARACTERS = 1000;

/** How many characters too long a message is; 0 when it fits. */
export const overLength = (text: string): number => Math.max(0, text.trim().length - MOST_CHARACTERS);

/** As much of a question as its answer repeats, in characters. */
const QUOTED = 40;

/** The beginning of an answer to a question. */
function leadOf(question: string): string {
  const characters = [...question.replaceAll(/\s+/g, ' ')];
  return MESSAGE.lead(
    characters.length > QUOTED ? `${characters.slice(0, QUOTED).join('')}…` : characters.join(''),
  );
}

/** What the sheet opens with: what waits of before stays, behind the beginning that is wanted now. */
export function openDraft(question: { id: string; text: string } | null, kept: Draft | null): Draft {
  const lead = question ? leadOf(question.text) : '';
  const answersId = question ? question.id : null;
  if (!kept) return { requestId: createRequestId(), text: lead, isSent: false, answersId };
  if (kept.isSent) return kept;
  if (kept.text.startsWith(lead)) return { ...kept, answersId };
  return { ...kept, text: lead + kept.text, answersId };
}
