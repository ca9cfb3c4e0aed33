import type { SandboxCorp } from '@genjin/wecom-sandbox';
import { createDice } from '../../server/demo/dice.ts';
import { rollPerson } from '../../server/demo/person-names.ts';
import { corpFrame } from '../../server/demo/corp-frame.ts';
import { aRelation, aStaff } from '../../packages/wecom-sandbox/test/support/small-corp.ts';
import { aCustomer } from '../support/a-team-corp.ts';

const PER_COMPANY = 3;

/** A corp of `relations` follow relations, shared evenly among `staff` members. */
export function aBigCorp({ relations, staff }: { relations: number; staff: number }): SandboxCorp {
  const dice = createDice(relations);
  const members = Array.from({ length: staff }, (_, index) => aStaff(`s${String(index).padStart(4, '0')}`));
  const customers = Array.from({ length: relations }, (_, index) =>
    aCustomer(`wm${String(index).padStart(8, '0')}`, { name: rollPerson(dice).name }),
  );
  return {
    ...corpFrame(relations),
    staff: members,
    departments: [
      { id: 1, name: '测试企业', parentId: 0, order: 2 },
      { id: 2, name: '销售部', parentId: 1, order: 1 },
    ],
    customers,
    relations: customers.map(({ externalUserId }, index) =>
      aRelation(members[index % staff]?.userid ?? '', externalUserId, {
        remarkCorpName: `第${Math.floor(index / PER_COMPANY)}号机械有限公司`,
        createdAt: 1_760_000_000 + index,
      }),
    ),
  };
}
