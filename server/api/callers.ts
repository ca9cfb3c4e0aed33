import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { identifyKey } from '../flows/api-keys/identify-key.ts';
import { NOBODY, noteRefusal, type Refusal } from '../flows/audit/note-refusal.ts';
import { findSession, type FoundSession } from '../flows/sessions/find-session.ts';
import { identifyCaller } from '../flows/staff/identify-caller.ts';
import type { Signed } from './caller.ts';

type Asked = { requestId: string };

/**
 * Tells who asks, by a session or by a key; who is not let in goes on record.
 *
 * @throws {AppError} 401 `signed_out`, `bad_key` or `key_expired`; 403 `not_a_member`.
 */
export const createCallers = (context: Context) => ({
  async bySession(sessionId: string, { requestId }: Asked): Promise<Signed['caller']> {
    const found = await findSession(context, sessionId);
    if (found.fault) {
      await noteRefusal(context, { ...refused('session.refuse', found), reason: found.fault, requestId });
      throw new AppError(401, 'signed_out', { message: '登录已结束，请重新登录' });
    }
    const caller = await identifyCaller(context, found.staffId).catch(async (error: unknown) => {
      const whose = { ...refused('session.refuse', found), status: 403 };
      await noteRefusal(context, { ...whose, reason: 'not_a_member', requestId });
      throw error;
    });
    return { ...caller, sessionId };
  },
  async byKey(secret: string, { requestId }: Asked) {
    const known = await identifyKey(context, secret);
    if ('caller' in known) return known;
    const { keyId, reason } = known;
    const by = keyId ? `key:${keyId}` : NOBODY;
    const subject = `api-key:${keyId ?? ''}`;
    await noteRefusal(context, { act: 'key.refuse', by, subject, reason, status: 401, requestId });
    if (reason === 'expired')
      throw new AppError(401, 'key_expired', { message: '密钥已过期，请管理员在“连接”里新建一个' });
    throw new AppError(401, 'bad_key', { message: '密钥无效' });
  },
});

function refused(act: Refusal['act'], { staffId }: FoundSession) {
  return { act, by: staffId || NOBODY, subject: `staff:${staffId}`, status: 401 };
}
