import { XMLParser } from 'fast-xml-parser';
import { expect, it } from 'vitest';
import { envelopeXml, eventXml, USUAL_XML } from '../src/callback-xml.ts';
import type { XmlStyle } from '../src/callback-xml.ts';
import type { XmlField } from '../src/state.ts';
import { aReceiver } from './support/callback-receiver.ts';
import { openSmall } from './support/open-small.ts';

const CORP = { seed: 7, corpId: 'ww1', agentId: '1000002' };
const FIELDS: XmlField[] = [
  ['ChatId', 'wr1'],
  ['MemChangeCnt', '2'],
  [
    'MemChangeList',
    [
      ['Item', 'lisi'],
      ['Item', 'wm]]>&<2'],
    ],
  ],
];

function xmlOf(style: Partial<XmlStyle> = {}, more: object = {}): string {
  const told = { id: '1', createdAt: 9, event: 'change_external_chat', changeType: 'update', fields: FIELDS };
  return eventXml(CORP, { ...told, ...more }, { ...USUAL_XML, ...style });
}

const parse = (xml: string) =>
  new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Item' }).parse(xml).xml;

it('has the form of the official sample', () => {
  expect(xmlOf({}, { fields: FIELDS.slice(0, 2) })).toBe(
    '<xml><ToUserName><![CDATA[ww1]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName>' +
      '<CreateTime>9</CreateTime><MsgType><![CDATA[event]]></MsgType>' +
      '<Event><![CDATA[change_external_chat]]></Event><ChangeType><![CDATA[update]]></ChangeType>' +
      '<ChatId><![CDATA[wr1]]></ChatId><MemChangeCnt>2</MemChangeCnt></xml>',
  );
});

it('lists changed people as items, or as one text with commas', () => {
  expect(parse(xmlOf()).MemChangeList).toEqual({ Item: ['lisi', 'wm]]>&<2'] });
  expect(parse(xmlOf({ memChangeList: 'list' })).MemChangeList).toBe('lisi,wm]]>&<2');
});

it('says the same in every form', () => {
  const usual = parse(xmlOf());
  for (const style of [{ cdata: 'none' }, { cdata: 'mixed' }, { order: 'shuffled' }] as const)
    expect(parse(xmlOf(style))).toEqual(usual);
});

it('leaves CDATA out, or puts it around numbers but not around ChangeType', () => {
  expect(xmlOf({ cdata: 'none' })).not.toContain('CDATA');
  const mixed = xmlOf({ cdata: 'mixed' });
  expect(mixed).toContain('<CreateTime><![CDATA[9]]></CreateTime>');
  expect(mixed).toContain('<ChangeType>update</ChangeType>');
});

it('begins with a byte order mark only when told to', () => {
  expect(xmlOf().codePointAt(0)).toBe('<'.codePointAt(0));
  expect(xmlOf({ hasBom: true }).codePointAt(0)).toBe(0xfe_ff);
  expect(xmlOf({ hasBom: true }).slice(1)).toBe(xmlOf());
});

it('shuffles by the event, always alike', () => {
  const shuffled = xmlOf({ order: 'shuffled' });
  expect(shuffled).not.toBe(xmlOf());
  expect(xmlOf({ order: 'shuffled' })).toBe(shuffled);
  expect(xmlOf({ order: 'shuffled' }, { id: '2' })).not.toBe(shuffled);
});

it('names the app and the member in events of an app, and nobody where there is nobody', () => {
  const ofApp = parse(xmlOf({}, { from: 'lisi', isOfApp: true, event: 'click', changeType: '', fields: [] }));
  expect(ofApp).toMatchObject({ FromUserName: 'lisi', AgentID: '1000002', Event: 'click' });
  expect(ofApp).not.toHaveProperty('ChangeType');
  expect(parse(xmlOf({}, { from: null }))).not.toHaveProperty('FromUserName');
});

it('seals without AgentID, with an empty one, or with that of the app', () => {
  expect(envelopeXml('ww1', 'x', null)).not.toContain('AgentID');
  expect(envelopeXml('ww1', 'x', '')).toContain('<AgentID><![CDATA[]]></AgentID>');
  expect(envelopeXml('ww1', 'x', '7')).toContain('<AgentID><![CDATA[7]]></AgentID>');
});

it('delivers in the form that the rules ask for at that moment', async () => {
  const receiver = await aReceiver();
  const { platform } = await openSmall(receiver);
  platform.rules.xmlStyle = { ...platform.rules.xmlStyle, cdata: 'none', hasBom: true };
  platform.actions.deleteStaff({ userid: 'lisi', externalUserId: 'wm2' });
  await platform.settled();
  expect(receiver.letters[0]?.xml).toMatch(/^\u{FEFF}<xml>.*<ChangeType>del_follow_user<\/ChangeType>/u);
});
