import { randomUUID } from 'node:crypto';

/** A sent message as the sidebar reports it, with a request id of its own. */
export const aMessage = (text = '报价单已发您邮箱，请查收。') => ({ requestId: randomUUID(), text });
