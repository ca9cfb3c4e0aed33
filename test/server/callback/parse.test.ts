import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ParseError, parseEvent, parseSealed } from '../../../server/callback/parse.ts';

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

const list = (...ids: string[]) =>
  event(`<MemChangeList>${ids.map((id) => `<Item><![CDATA[${id}]]></Item>`).join('')}</MemChangeList>`)
    .fields;

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
    ['<Event>change_external_tag</Event><ChangeType>create</ChangeType>', 'change_external_tag.create'],
    ['<Event>enter_agent</Event>', 'enter_agent'],
    ['<Event>enter_agent</Event><ChangeType></ChangeType>', 'enter_agent'],
    ['<MsgType>text</MsgType><Content>hello</Content>', 'message.text'],
    ['<MsgType>event</MsgType><Event>subscribe</Event>', 'subscribe'],
  ])('%s is of kind %s', (inside, kind) => {
    expect(event(inside).kind).toBe(kind);
  });

  it.each([
    ['<UserID>a</UserID><ExternalUserID>wm</ExternalUserID><ChatId>wr</ChatId>', 'wm'],
    ['<UserID>a</UserID><ChatId>wr</ChatId>', 'wr'],
    ['<UserID>a</UserID><FromUserName>sys</FromUserName>', 'a'],
    ['<FromUserName>lisi</FromUserName><Event>enter_agent</Event>', 'lisi'],
    ['<Event>change_something</Event>', 'change_something'],
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

  it('keeps nested lists, of one element and of several', () => {
    expect(list('a')).toEqual({ memChangeList: { Item: 'a' } });
    expect(list('a', 'b')).toEqual({ memChangeList: { Item: ['a', 'b'] } });
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
