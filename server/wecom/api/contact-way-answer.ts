import { z } from 'zod';
import { code, count, eachOfRows, flag, idText, words } from '../client/answer-shapes.ts';

const SINGLE = 1;
const QR = 2;

/** A contact way as WeCom keeps it, by our names. Times are seconds; 0 where the session does not end. */
export const KeptContactWay = z
  .object({
    config_id: z.string().min(1),
    type: code,
    scene: code,
    style: count,
    remark: words,
    skip_verify: flag,
    state: words,
    qr_code: words,
    user: eachOfRows(idText),
    party: eachOfRows(code),
    is_temp: flag,
    expires_in: count,
    chat_expires_in: count,
    unionid: words,
  })
  .transform((way) => ({
    configId: way.config_id,
    kind: way.type === SINGLE ? ('single' as const) : ('several' as const),
    scene: way.scene === QR ? ('qr' as const) : ('mini_program' as const),
    style: way.style,
    remark: way.remark,
    skipVerify: way.skip_verify,
    state: way.state,
    qrCodeUrl: way.qr_code,
    staffIds: way.user,
    departmentIds: way.party,
    isTemporary: way.is_temp,
    expiresInSeconds: way.expires_in,
    chatExpiresInSeconds: way.chat_expires_in,
    unionid: way.unionid,
  }));
