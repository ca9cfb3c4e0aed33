import { expect, it } from 'vitest';
import { contactName } from '../../../../server/domain/contacts/contact-name.ts';

const contact = { _id: 'wm1', name: '风中的猫' };
const remarkBy = (staffId: string, remark: string, externalUserId = 'wm1') => ({
  staffId,
  externalUserId,
  remark,
});

it.each([
  ['who looks wrote one', [remarkBy('anna', '王工'), remarkBy('ben', '王总')], '王工', '风中的猫'],
  ['only the owner wrote one', [remarkBy('ben', '王总')], '王总', '风中的猫'],
  ['who looks left it blank', [remarkBy('anna', '  '), remarkBy('ben', ' 王总 ')], '王总', '风中的猫'],
  ['somebody else wrote one', [remarkBy('carl', '老王')], '风中的猫', null],
  ['nobody wrote one', [], '风中的猫', null],
  ['the remark says the same', [remarkBy('anna', '风中的猫')], '风中的猫', null],
  ['the remark is of another contact', [remarkBy('anna', '李工', 'wm2')], '风中的猫', null],
])('when %s', (...[, followers, name, nickname]) => {
  expect(contactName(contact, followers, ['anna', 'ben', null])).toEqual({ name, nickname });
});
