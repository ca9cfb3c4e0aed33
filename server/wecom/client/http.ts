import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { create, type AxiosInstance } from 'axios';

/** Connections are kept and used again, so many at once; further requests wait, which their time limit covers. */
const KEPT = { keepAlive: true, maxSockets: 64, maxFreeSockets: 64 };

/** The connections to a platform. Time, size and redirects are bounded where requests leave: ask.ts. */
export const createWecomHttp = (baseURL: string): AxiosInstance =>
  create({ baseURL, httpAgent: new HttpAgent(KEPT), httpsAgent: new HttpsAgent(KEPT) });
