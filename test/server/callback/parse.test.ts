import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEvent, parseSealed } from '../../../server/callback/parse.ts';
import { ParseError } from '../../../server/callback/read-xml.ts';

/** As in real traffic. Source: wecom.md §2.1. */
const ADDED = `<xml><ToUserName><![CDATA[toUser]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName><CreateTime>1403610513</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[change_external_contact]]></Event><ChangeType><![CDATA[add_external_contact]]></ChangeType><UserID><![CDATA[zhangsan]]></UserID><ExternalUserID><![CDATA[woAJ2GCAAAXtWyujaWJHDDGi0mACH71w]]></ExternalUserID><State><![CDATA[teststate]]></State><WelcomeCode><![CDATA[WELCOMECODE]]></WelcomeCode></xml>`;
const event = (inside: string) => parseEvent(`<xml><CreateTime>1403610513</CreateTime>${inside}</xml>`);
const faultOf = (read: () => unknown) => {
  try {
    return `understood: ${JSON.stringify(read())}`;
  } catch (error) {
    return error instanceof ParseError ? 'ParseError' : `another error: ${String(error)}`;
  }
};

/** Texts that are no XML at all, or more than XML should be. */
const BAD: [string, string][] = [
  ['an empty text', ''],
  ['JSON', '{"Encrypt":"x"}'],
  ['an open element', '<xml><Encrypt>x</xml>'],
  ['a cut text', '<xml><Encrypt><![CDATA[x'],
  ['a document type', '<!DOCTYPE xml [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>'],
  ['a document type in small letters', '<!doctype xml><xml><Encrypt>x</Encrypt></xml>'],
  ['another root', '<html><Encrypt>x</Encrypt></html>'],
  ['a name that is poison in JavaScript', '<xml><constructor>1</constructor></xml>'],
  ['another such name', '<xml><__proto__><a>1</a></__proto__></xml>'],
];

describe('a delivery', () => {
  it('holds the sealed text beside names that nobody needs', () => {
    const xml =
      '<xml><ToUserName><![CDATA[ww1]]></ToUserName><AgentID><![CDATA[]]></AgentID><Encrypt><![CDATA[a+b/c=]]></Encrypt></xml>';
    expect(parseSealed(xml)).toBe('a+b/c=');
  });

  it.each([
    ['without CDATA', '<xml><Encrypt>abc</Encrypt></xml>'],
    [
      'with a declaration',
      '<?xml version="1.0" encoding="UTF-8"?>\n<xml>\n  <Encrypt>abc</Encrypt>\n</xml>\n',
    ],
    ['after a byte order mark', '\uFEFF<xml><Encrypt>abc</Encrypt></xml>'],
    ['that looks like a number stays a text', '<xml><Encrypt>abc</Encrypt><AgentID>0001</AgentID></xml>'],
  ])('%s', (_, xml) => {
    expect(parseSealed(xml)).toBe('abc');
  });

  it.each([
    ...BAD,
    ['no sealed text', '<xml><ToUserName>x</ToUserName></xml>'],
    ['an empty sealed text', '<xml><Encrypt></Encrypt></xml>'],
    ['two sealed texts', '<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>'],
    ['a nested sealed text', '<xml><Encrypt><a>b</a></Encrypt></xml>'],
  ])('with %s is turned away', (_, xml) => {
    expect(faultOf(() => parseSealed(xml))).toBe('ParseError');
  });

  it('is turned away in one manner, whatever anybody sends', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((name) => `<xml><${name}>1</${name}></xml>`),
    );
    fc.assert(
      fc.property(anything, (text) => {
        expect(faultOf(() => parseSealed(text))).toBe('ParseError');
      }),
    );
  });
});

const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);

describe('an event', () => {
  it('is told by kind, subject and time, with its fields by our names', () => {
    expect(parseEvent(ADDED)).toEqual({
      kind: 'change_external_contact.add_external_contact',
      subject: 'woAJ2GCAAAXtWyujaWJHDDGi0mACH71w',
      happenedAt: new Date('2014-06-24T11:48:33Z'),
      fields: {
        toUserName: 'toUser',
        fromUserName: 'sys',
        staffId: 'zhangsan',
        externalUserId: 'woAJ2GCAAAXtWyujaWJHDDGi0mACH71w',
        state: 'teststate',
        welcomeCode: 'WELCOMECODE',
      },
    });
  });

  it.each([
    ['<Event>change_external_tag</Event><ChangeType>shuffle</ChangeType>', 'change_external_tag.shuffle'],
    ['<Event>brand_new</Event>', 'brand_new'],
    ['<Event>brand_new</Event><ChangeType></ChangeType>', 'brand_new'],
    ['<InfoType>suite_ticket</InfoType>', 'suite_ticket'],
    ['<MsgType>hologram</MsgType><Content>hello</Content>', 'message.hologram'],
    ['<MsgType>event</MsgType><Event>brand_new</Event>', 'brand_new'],
  ])('%s is of kind %s', (inside, kind) => {
    expect(event(inside).kind).toBe(kind);
  });

  it.each([
    ['<UserID>a</UserID><ExternalUserID>wm</ExternalUserID><ChatId>wr</ChatId>', 'wm'],
    ['<UserID>a</UserID><ChatId>wr</ChatId>', 'wr'],
    ['<UserID>a</UserID><FromUserName>sys</FromUserName>', 'a'],
    ['<FromUserName>lisi</FromUserName><Event>enter_agent</Event>', 'lisi'],
    ['<Event>change_something</Event>', 'change_something'],
    ['<Event>change_external_tag</Event><ChangeType>shuffle</ChangeType>', 'tags'],
    ['<Event>change_contact</Event><ChangeType>delete_party</ChangeType><Id>2</Id>', 'address-book'],
    ['<Event>customer_acquisition</Event><ChangeType>balance_low</ChangeType>', 'acquisition'],
  ])('%s is about %s, in whose order events are worked on', (inside, subject) => {
    expect(event(inside).subject).toBe(subject);
  });

  it('keeps ids as texts, however much they look like numbers', () => {
    expect(event('<UserID>007</UserID><ExternalUserID>1e5</ExternalUserID>').fields).toMatchObject({
      staffId: '007',
      externalUserId: '1e5',
    });
  });

  it('reads escaped letters outside CDATA, and leaves those inside as they are', () => {
    const { fields } = event('<State>a&amp;b&lt;c&gt;</State><Remark><![CDATA[a&amp;b]]></Remark>');
    expect(fields).toMatchObject({ state: 'a&b<c>', remark: 'a&amp;b' });
  });

  it.each([
    ['<Item><![CDATA[a]]></Item>', ['a']],
    ['<Item><![CDATA[a]]></Item><Item>b</Item>', ['a', 'b']],
    ['<![CDATA[a]]>', ['a']],
    ['<![CDATA[a,b, c]]>', ['a', 'b', 'c']],
  ])('reads the members of a group in both ways: %s', (inside, ids) => {
    const members = `<ChatId>wr</ChatId><UpdateDetail>add_member</UpdateDetail><MemChangeList>${inside}</MemChangeList>`;
    const head = '<Event>change_external_chat</Event><ChangeType>update</ChangeType>';
    expect(event(head + members).fields).toMatchObject({ memberIds: ids });
  });

  it.each(['', '<MemChangeList></MemChangeList>', '<MemChangeList/>'])('has no members in %s', (members) => {
    const head = '<Event>change_external_chat</Event><ChangeType>update</ChangeType><ChatId>wr</ChatId>';
    const { fields } = event(`${head}<UpdateDetail>change_name</UpdateDetail>${members}`);
    expect(fields).toEqual({ chatId: 'wr', detail: 'change_name' });
  });

  it('keeps elements of kinds it does not know, however deep, but for names that cannot be kept', () => {
    const { fields } = event('<Event>new</Event><A><B><C>1</C><C>2</C></B></A><x.y>1</x.y><_z>2</_z>');
    expect(fields).toEqual({ a: { b: { c: ['1', '2'] } } });
  });

  it('keeps nothing of a member but what the address book needs', () => {
    const head = '<Event>change_contact</Event><ChangeType>update_user</ChangeType><UserID>anna</UserID>';
    const personal = '<Mobile>13800000000</Mobile><Email>a@b.c</Email><Address>x</Address><Avatar>y</Avatar>';
    expect(event(head + personal).fields).toEqual({ staffId: 'anna' });
  });

  it('takes ids of members for the same in small and capital letters', () => {
    expect(event('<UserID>ZhangSan</UserID>')).toMatchObject({
      subject: 'zhangsan',
      fields: { staffId: 'ZhangSan' },
    });
  });

  it.each([
    [12, 'understood'],
    [13, 'ParseError'],
    [9000, 'ParseError'],
  ])('is not read when elements are nested too deep: %i', (depth, outcome) => {
    expect(faultOf(() => event(`<Event>new</Event>${nested(depth)}`))).toMatch(outcome);
  });

  it.each([
    ['<i>1</i>'.repeat(4990), 'understood'],
    ['<i>1</i>'.repeat(5000), 'ParseError'],
    ['<i/>'.repeat(10_000), 'ParseError'],
  ])('is not read when it has too many elements', (items, outcome) => {
    expect(faultOf(() => event(`<Event>new</Event><List>${items}</List>`))).toMatch(outcome);
  });

  it('lacks what was not sent, and gets along with what nobody knows', () => {
    const { fields } = event('<UserID>a</UserID><SomethingNew>1</SomethingNew>');
    expect(fields).toEqual({ staffId: 'a', somethingNew: '1' });
  });

  it('may begin with a byte order mark', () => {
    expect(parseEvent(`\uFEFF${ADDED}`).kind).toBe('change_external_contact.add_external_contact');
  });

  it.each([
    ...BAD,
    ['no time', '<xml><Event>x</Event></xml>'],
    ['an empty time', '<xml><CreateTime></CreateTime></xml>'],
    ['a time that is no number', '<xml><CreateTime>yesterday</CreateTime></xml>'],
    ['a time before all time', '<xml><CreateTime>-1</CreateTime></xml>'],
    ['two kinds', '<xml><CreateTime>1</CreateTime><Event>a</Event><Event>b</Event></xml>'],
  ])('with %s is not understood', (_, xml) => {
    expect(faultOf(() => parseEvent(xml))).toBe('ParseError');
  });
});
