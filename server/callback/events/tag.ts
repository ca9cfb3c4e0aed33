import { z } from 'zod';
import { word } from './fields.ts';

const Tag = z.looseObject({ id: word, tagType: z.enum(['tag', 'tag_group']), strategyId: word.optional() });

/** `id` is the group whose tags changed places; absent or `0` when groups did. */
const Shuffled = z.looseObject({ id: word.optional(), strategyId: word.optional() });

/** Corp tags. Source: wecom.md §2.3. */
export const TAG_SHAPES = {
  'change_external_tag.create': Tag,
  'change_external_tag.update': Tag,
  'change_external_tag.delete': Tag,
  'change_external_tag.shuffle': Shuffled,
};
