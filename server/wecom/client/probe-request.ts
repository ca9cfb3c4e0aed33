import { create, isAxiosError, type AxiosInstance } from 'axios';
import { silenceOf, type ProbeResponse } from '../../domain/doctor/doctor-answers.ts';

/** The doctor waits so long for any answer. */
const PATIENCE_MS = 5000;
const LARGEST_ANSWER = 1024 * 1024;

/** `body` makes it a POST of JSON. */
export type ProbeRequest = (
  url: string,
  headers?: Record<string, string>,
  body?: object,
) => Promise<ProbeResponse>;

/**
 * Asks an address once and tells what came back, whatever it is: no status is an error, no redirect is followed, nothing
 * is thrown. It goes the same way (proxies too) as the calls of the product.
 */
export function createProbeRequest(now: () => Date): ProbeRequest {
  const http: AxiosInstance = create({
    timeout: PATIENCE_MS,
    maxRedirects: 0,
    maxContentLength: LARGEST_ANSWER,
    responseType: 'text',
    transformResponse: [(text: unknown) => text],
    validateStatus: () => true,
  });
  return async (url, headers = {}, body) => {
    const startedAt = performance.now();
    try {
      const answer = await http.request<string>({
        url,
        headers,
        ...(body ? { method: 'POST', data: body } : {}),
      });
      const head = (name: string) =>
        answer.headers[name] === undefined ? null : String(answer.headers[name]);
      return {
        is: 'answer',
        status: answer.status,
        date: head('date'),
        location: head('location'),
        text: String(answer.data ?? ''),
        at: now(),
        ms: Math.round(performance.now() - startedAt),
      };
    } catch (error) {
      const word = isAxiosError(error) && error.code ? error.code : 'no answer';
      return { is: 'silence', fault: silenceOf(word), word };
    }
  };
}
