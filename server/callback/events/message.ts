import { FromMember } from './app.ts';
import { decimal, whole, word } from './fields.ts';

/** A message to the app. Its id is a number of 64 bits or an opaque text, so a text. */
const Message = FromMember.extend({ msgId: word });

/** What members write to the app. Source: wecom.md §2.5. */
export const MESSAGE_SHAPES = {
  'message.text': Message.extend({ content: word.optional() }),
  'message.image': Message.extend({ mediaId: word, picUrl: word.optional() }),
  'message.voice': Message.extend({ mediaId: word, format: word.optional() }),
  'message.video': Message.extend({ mediaId: word, thumbMediaId: word.optional() }),
  'message.location': Message.extend({
    latitude: decimal,
    longitude: decimal,
    scale: whole.optional(),
    label: word.optional(),
    appType: word.optional(),
  }),
  'message.link': Message.extend({
    title: word.optional(),
    description: word.optional(),
    url: word.optional(),
    picUrl: word.optional(),
  }),
};
