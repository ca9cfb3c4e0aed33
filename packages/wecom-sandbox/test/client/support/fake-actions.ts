import type { LogEntry, MessageLink, PersonId } from '../../../client/control.ts';
import type { FakeWorld } from './fake-platform.ts';

type Fields = Record<string, string>;
type Answer = Record<string, unknown>;

type Line = { from: PersonId; to: PersonId; text: string; links?: MessageLink[] };

function say(world: FakeWorld, { from, to, text, links = [] }: Line): void {
  const common = { at: new Date().toISOString(), kind: 'chat' as const, text, links };
  const keep = (owner: PersonId, peer: PersonId, fromMe: boolean): void => {
    const box = world.messages.get(owner) ?? [];
    world.messages.set(owner, [...box, { ...common, id: `m${owner}${box.length}`, peer, fromMe }]);
  };
  keep(from, to, true);
  keep(to, from, false);
}

const unknownRelation = {
  remark: '',
  remarkCorpName: '',
  description: '',
  state: '',
  deletedByCustomer: false,
  tags: [],
};

/** What people do in the stand-in platform, by the last part of the control path; `error` in the answer means refused. */
export function createActions(world: FakeWorld, note: (entry: Partial<LogEntry>) => void) {
  const callback = (name: string, changeType: string): void =>
    note({
      kind: 'callback',
      name,
      method: 'POST',
      path: '/wecom/callback',
      note: changeType,
      detail: { ChangeType: changeType },
    });
  const actions: Record<string, (fields: Fields) => Answer> = {
    person: ({ person = '' }) => {
      world.state.person = person as PersonId;
      return {};
    },
    'add-customer': ({ userid = '', externalUserId = '', name = '', corpName = '' }) => {
      if (name === '张三') return { error: { code: 'refused', message: '他们已经是联系人' } };
      const id = externalUserId || `wm-new${world.state.customers.length}`;
      const known = world.state.customers.find((one) => one.externalUserId === id);
      if (known) known.isStranger = false;
      else
        world.state.customers.push({
          externalUserId: id,
          name,
          corpName,
          position: null,
          type: 1,
          isStranger: false,
          hue: 90,
        });
      world.state.relations.push({
        ...unknownRelation,
        userid,
        externalUserId: id,
        createdAt: new Date().toISOString(),
      });
      callback('添加企业客户', 'add_external_contact');
      return { externalUserId: id };
    },
    'edit-remark': ({ userid, externalUserId, remark = '', remarkCorpName = '', description = '' }) => {
      const found = world.state.relations.find(
        (one) => one.userid === userid && one.externalUserId === externalUserId,
      );
      Object.assign(found ?? {}, { remark, remarkCorpName, description });
      callback('编辑企业客户', 'edit_external_contact');
      return {};
    },
    'delete-customer': ({ userid, externalUserId }) => {
      world.state.relations = world.state.relations.filter(
        (one) => one.userid !== userid || one.externalUserId !== externalUserId,
      );
      callback('删除企业客户', 'del_external_contact');
      return {};
    },
    'delete-staff': ({ userid, externalUserId }) => {
      const found = world.state.relations.find(
        (one) => one.userid === userid && one.externalUserId === externalUserId,
      );
      if (found) found.deletedByCustomer = true;
      callback('删除跟进成员', 'del_follow_user');
      return {};
    },
    'confirm-mass-message': ({ userid = '', msgid }) => {
      const from: PersonId = `staff:${userid}`;
      for (const task of world.messages.get(from) ?? []) {
        if (task.kind !== 'task' || task.msgid !== msgid) continue;
        task.status = 'sent';
        for (const { externalUserId } of task.recipients)
          say(world, { ...task, from, to: `customer:${externalUserId}` });
      }
      return {};
    },
    'send-chat': ({ from, to, text = '' }) => {
      say(world, { from: from as PersonId, to: to as PersonId, text });
      return {};
    },
  };
  return actions;
}
