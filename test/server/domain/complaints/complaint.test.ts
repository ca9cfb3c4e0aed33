import { expect, it } from 'vitest';
import { complaintView, type Complaint } from '../../../../server/domain/complaints/complaint.ts';

const aComplaint = (more: Partial<Complaint> = {}): Complaint => ({
  _id: 'anna:1',
  accountId: 'a1',
  externalUserId: 'wm1',
  channel: 'call',
  text: '交货晚了三天',
  openedAt: new Date('2026-03-11T02:00:00Z'),
  openedBy: 'anna',
  closedAt: null,
  closedBy: null,
  cause: '',
  action: '',
  ...more,
});
const names = { staff: new Map([['anna', '安娜']]), contacts: new Map([['wm1', '王经理']]) };

it('shows an open complaint with who complained, who noted it and when', () => {
  expect(complaintView(aComplaint(), names)).toEqual({
    id: 'anna:1',
    accountId: 'a1',
    contact: { externalUserId: 'wm1', name: '王经理' },
    channel: 'call',
    text: '交货晚了三天',
    openedAt: '2026-03-11T02:00:00.000Z',
    openedBy: { staffId: 'anna', name: '安娜' },
    closedAt: null,
    closedBy: null,
    cause: '',
    action: '',
  });
});

it('shows a closed one with cause and action, and who closed it by the id where nobody knows the name', () => {
  const closedAt = new Date('2026-03-12T02:00:00Z');
  const closed = aComplaint({ closedAt, closedBy: 'gone', cause: '排产失误', action: '免运费' });
  expect(complaintView(closed, names)).toMatchObject({
    closedAt: '2026-03-12T02:00:00.000Z',
    closedBy: { staffId: 'gone', name: 'gone' },
    cause: '排产失误',
    action: '免运费',
  });
});

it.each([
  [null, null],
  ['wm9', { externalUserId: 'wm9', name: '' }],
])('of contact %s shows %j: one who moved on keeps the complaint', (externalUserId, contact) => {
  expect(complaintView(aComplaint({ externalUserId }), names).contact).toEqual(contact);
});
