import { Router } from '@koa/router';
import type { Context } from '../context.ts';
import { runDoctor } from '../flows/doctor/run-doctor.ts';
import type { ReadJobs } from '../context.ts';
import { isHealthy, reportText } from '../domain/doctor/doctor-report.ts';
import { apiEndpoint } from './api-endpoint.ts';
import type { Signed } from './caller.ts';
import { PostDoctor } from './contract/doctor.ts';

/** The examination that `npm run cli -- doctor` makes, from within the running server. */
export const doctorRoutes = (context: Context, readJobs: ReadJobs | null) =>
  new Router<Signed>().post(
    '/doctor',
    apiEndpoint(context, PostDoctor, async () => {
      const findings = await runDoctor({ ...context.doctor(), readJobs });
      const examinedAt = context.now().toISOString();
      return { isHealthy: isHealthy(findings), examinedAt, findings, text: reportText(findings) };
    }),
  );
