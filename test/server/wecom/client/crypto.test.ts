import { createCipheriv } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CryptoError,
  isSameText,
  openSealed,
  sealMessage,
  signatureOf,
  type CallbackKeys,
} from '../../../../server/wecom/client/crypto.ts';

/** WeCom's own sample values. Source: wecom.md §1.7. */
const KEYS: CallbackKeys = {
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  receiveId: 'wx5823bf96d3bd56c7',
};
const URL_CHECK = {
  timestamp: '1409659589',
  nonce: '263014780',
  signature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
  random: 'c41b64491c2468d0',
  sealed: 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==',
  text: '1616140317555161061',
};
const MESSAGE = {
  timestamp: '1409659813',
  nonce: '1372623149',
  signature: '477715d11cdb4164915debcba66cb864d751f3e6',
  random: '0960688932c47ef1',
  sealed: [
    'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/s',
    'YYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJ',
    'YuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGU',
    'callcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDY',
    'A5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==',
  ].join(''),
  text: [
    '<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName>',
    '<FromUserName><![CDATA[mycreate]]></FromUserName>',
    '<CreateTime>1409659813</CreateTime>',
    '<MsgType><![CDATA[text]]></MsgType>',
    '<Content><![CDATA[hello]]></Content>',
    '<MsgId>4561255354251345929</MsgId>',
    '<AgentID>218</AgentID>',
    '</xml>',
  ].join('\n'),
};
const OFFICIAL = [
  ['the URL check', URL_CHECK],
  ['a message', MESSAGE],
] as const;

const anyText = fc.string({ unit: 'binary', maxLength: 300 });
const faultOf = (open: () => unknown): number | string => {
  try {
    return `opened: ${String(open())}`;
  } catch (error) {
    return error instanceof CryptoError ? error.fault : `another error: ${String(error)}`;
  }
};
const sealedBytes = (sealed: string) => Buffer.from(sealed, 'base64').length;
const bytesFor = (text: string, receiveId = KEYS.receiveId) => {
  const message = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  return Buffer.concat([Buffer.alloc(16, 'r'), length, message, Buffer.from(receiveId)]);
};
/** Encrypts bytes as they are, so that a test may lay them out wrongly. */
const encryptBytes = (plain: Buffer): string => {
  const key = Buffer.from(`${KEYS.aesKey}=`, 'base64');
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
};

describe.each(OFFICIAL)(
  '%s of WeCom’s own samples',
  (_, { timestamp, nonce, signature, random, sealed, text }) => {
    it('bears the signature that we compute', () => {
      expect(signatureOf(KEYS.token, timestamp, nonce, sealed)).toBe(signature);
    });

    it('is opened', () => {
      expect(openSealed(KEYS, sealed)).toBe(text);
    });

    it('is sealed again byte for byte, given the same random', () => {
      expect(sealMessage(KEYS, text, { random: Buffer.from(random) })).toBe(sealed);
    });

    it('is turned away wherever it is cut off', () => {
      const lengths = Array.from({ length: sealed.replace(/=+$/, '').length }, (_, length) => length);
      const faults = new Set(
        lengths.map((length) => faultOf(() => openSealed(KEYS, sealed.slice(0, length)))),
      );
      expect([...faults].filter((fault) => typeof fault === 'string')).toEqual([]);
    });

    it.each(['wx5823bf96d3bd56c8', 'wx5823bf96d3bd56c', 'wx5823bf96d3bd56c77', 'WX5823BF96D3BD56C7', ''])(
      'is turned away by the receiver %j',
      (receiveId) => {
        expect(faultOf(() => openSealed({ ...KEYS, receiveId }, sealed))).toBe(-40005);
      },
    );

    it('is not opened with another key', () => {
      const other = { ...KEYS, aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' };
      expect(faultOf(() => openSealed(other, sealed))).toBe(-40008);
    });
  },
);

describe('the signature', () => {
  it('is that of the four strings in byte order, so their order does not matter', () => {
    const { timestamp, nonce, sealed, signature } = URL_CHECK;
    expect(signatureOf(nonce, sealed, KEYS.token, timestamp)).toBe(signature);
  });

  it('sorts by bytes, not by UTF-16: 😀 (F0…) goes behind ｚ (EF…)', () => {
    expect(signatureOf('😀', 'ｚ', 'b', 'a')).toBe(signatureOf('a', 'b', 'ｚ', '😀'));
    expect(signatureOf('😀', 'ｚ', '', '')).not.toBe(signatureOf('😀ｚ', '', '', ''));
    expect(signatureOf('😀', 'ｚ', '', '')).toBe(signatureOf('ｚ😀', '', '', ''));
  });

  it('changes with any single character of the token, the time, the nonce or the sealed text', () => {
    const letter = [KEYS.token, MESSAGE.timestamp, MESSAGE.nonce, MESSAGE.sealed] as const;
    const anyCharacter = fc.constantFrom(...'ABCxyz019+/=');
    fc.assert(
      fc.property(fc.nat(3), fc.nat(), anyCharacter, (part, at, character) => {
        const forged = letter.map((text, index) => {
          const place = at % text.length;
          return index === part ? text.slice(0, place) + character + text.slice(place + 1) : text;
        });
        const [token = '', timestamp = '', nonce = '', sealed = ''] = forged;
        const isUntouched = forged.every((text, index) => text === letter[index]);
        expect(isSameText(signatureOf(token, timestamp, nonce, sealed), MESSAGE.signature)).toBe(isUntouched);
      }),
      { numRuns: 500 },
    );
  });

  it('catches every flipped byte, even one that the cipher alone would let through', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.integer({ min: 1, max: 255 }), (text, at, mask) => {
        const sealed = sealMessage(KEYS, text);
        const bytes = Buffer.from(sealed, 'base64');
        bytes.writeUInt8(bytes.readUInt8(at % bytes.length) ^ mask, at % bytes.length);
        const forged = bytes.toString('base64');
        const sign = (letter: string) => signatureOf(KEYS.token, '1409659813', '1372623149', letter);
        expect(isSameText(sign(forged), sign(sealed))).toBe(false);
        expect(String(faultOf(() => openSealed(KEYS, forged)))).not.toMatch(/^another error/);
      }),
    );
  });

  it.each([
    ['abc', 'abc', true],
    ['', '', true],
    ['abc', 'abd', false],
    ['abc', 'ABC', false],
    ['abc', 'ab', false],
    ['abc', '', false],
    ['签名', '签名', true],
  ])('%j compared with %j: %s', (left, right, isSame) => {
    expect(isSameText(left, right)).toBe(isSame);
  });
});

describe('sealing and opening', () => {
  it('gives back any text, for any receiver', () => {
    fc.assert(
      fc.property(anyText, fc.string({ unit: 'binary', maxLength: 40 }), (text, receiveId) => {
        const keys = { ...KEYS, receiveId };
        expect(openSealed(keys, sealMessage(keys, text))).toBe(text);
      }),
    );
  });

  it('gives back a text longer than a kilobyte, counted in bytes and not in characters', () => {
    const text = '跟进😀'.repeat(5_000);
    expect(openSealed(KEYS, sealMessage(KEYS, text))).toBe(text);
  });

  it('keeps a byte order mark, blanks and line ends', () => {
    expect(openSealed(KEYS, sealMessage(KEYS, '\uFEFF <xml>\r\n</xml> \n'))).toBe(
      '\uFEFF <xml>\r\n</xml> \n',
    );
  });

  it('makes another letter of the same text every time', () => {
    expect(sealMessage(KEYS, 'hello')).not.toBe(sealMessage(KEYS, 'hello'));
  });

  // 16 random bytes, 4 of length, 18 of the receiver: 38 beside the text.
  it.each([
    [0, 64], // pad 26
    [25, 64], // pad 1
    [26, 96], // nothing to fill, so a whole block of 32
    [27, 96], // pad 31
    [57, 96], // pad 1
    [58, 128],
  ])('a text of %d bytes fills %d bytes: blocks are of 32', (length, total) => {
    const sealed = sealMessage(KEYS, 'x'.repeat(length));
    expect(sealedBytes(sealed)).toBe(total);
    expect(openSealed(KEYS, sealed)).toBe('x'.repeat(length));
  });
});

describe('a letter is turned away', () => {
  const padded = (pad: number, fill = pad) => {
    const plain = bytesFor('x'.repeat(64 * 2 - 38 - pad));
    return encryptBytes(Buffer.concat([plain, Buffer.alloc(pad, fill)]));
  };

  it.each([1, 15, 16, 17, 31, 32])('not for a padding of %d bytes', (pad) => {
    expect(openSealed(KEYS, padded(pad))).toBe('x'.repeat(90 - pad));
  });

  it.each([
    ['a padding of 33', padded(33)],
    ['a padding of 64', padded(64)],
    ['a last byte 0', padded(16, 0)],
    ['a last byte 255', padded(16, 255)],
    ['a padding that says more than there is', padded(8, 9)],
    [
      'a padding of unequal bytes',
      encryptBytes(Buffer.concat([bytesFor('x'.repeat(24)), Buffer.from([3, 2])])),
    ],
    ['a padding longer than the letter', encryptBytes(Buffer.alloc(16, 32))],
    ['nothing but zeros', encryptBytes(Buffer.alloc(32))],
    ['nothing but padding', encryptBytes(Buffer.alloc(32, 32))],
    [
      'fewer bytes than random and length need',
      encryptBytes(Buffer.concat([Buffer.alloc(19), Buffer.alloc(13, 13)])),
    ],
    ['a length beyond the end', encryptBytes(Buffer.concat([Buffer.alloc(20, 255), Buffer.alloc(12, 12)]))],
  ])('for %s (-40008)', (_, sealed) => {
    expect(faultOf(() => openSealed(KEYS, sealed))).toBe(-40008);
  });

  it.each([
    ['one byte too long, which eats into the receiver', 25, -40005],
    ['one byte too short, which adds to the receiver', 23, -40005],
    ['up to the very end, which leaves no receiver', 24 + 18, -40005],
    ['one byte beyond the end', 24 + 18 + 1, -40008],
  ])('for a length %s (%d: %d)', (_, length, fault) => {
    const plain = Buffer.concat([bytesFor('x'.repeat(24)), Buffer.alloc(2, 2)]);
    plain.writeUInt32BE(length, 16);
    expect(faultOf(() => openSealed(KEYS, encryptBytes(plain)))).toBe(fault);
  });

  it.each([
    '',
    ' ',
    'not base64!',
    `${URL_CHECK.sealed}\n`,
    URL_CHECK.sealed.replace('+', ' '),
    'a===',
    '=',
    '跟进',
  ])('for %j, which is not base64 (-40010)', (sealed) => {
    expect(faultOf(() => openSealed(KEYS, sealed))).toBe(-40010);
  });

  it.each([1, 15, 17, 31, 33])('for %d bytes, no whole number of blocks (-40007)', (length) => {
    expect(faultOf(() => openSealed(KEYS, Buffer.alloc(length).toString('base64')))).toBe(-40007);
  });

  it.each([
    ['empty', ''],
    ['of 42 letters', KEYS.aesKey.slice(1)],
    ['of 44 letters', `${KEYS.aesKey}A`],
    ['of 43 with its equals sign', `${KEYS.aesKey.slice(1)}=`],
    ['with a blank', `${KEYS.aesKey.slice(1)} `],
    ['with a blank behind it', `${KEYS.aesKey} `],
    ['with an equals sign behind it', `${KEYS.aesKey}=`],
    ['with a sign', `!${KEYS.aesKey.slice(1)}`],
    ['with a Chinese character', `钥${KEYS.aesKey.slice(1)}`],
  ])('for a key %s, and nothing is sealed with it either (-40004)', (_, aesKey) => {
    expect(faultOf(() => openSealed({ ...KEYS, aesKey }, URL_CHECK.sealed))).toBe(-40004);
    expect(faultOf(() => sealMessage({ ...KEYS, aesKey }, 'hello'))).toBe(-40004);
  });

  it('for any other text, with a fault of its own and nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String({ maxLength: 400 })), (letter) => {
        expect([-40005, -40007, -40008, -40010]).toContain(faultOf(() => openSealed(KEYS, letter)));
      }),
    );
  });

  it('without telling what was in it', () => {
    const keys = { ...KEYS, receiveId: 'ww0000000000000000' };
    expect(() => openSealed(keys, MESSAGE.sealed)).toThrow(CryptoError);
    expect(() => openSealed(keys, MESSAGE.sealed)).not.toThrow(/hello|wx5823|jWmYm7/);
  });
});
