import { readJobs } from '../../jobs/list-jobs.ts';
import { runDoctor } from '../flows/doctor/run-doctor.ts';
import { isHealthy, reportText } from '../domain/doctor/doctor-report.ts';
import { openDoctor } from '../boot/open-doctor.ts';
import { examineEnvironment } from '../boot/read-environment.ts';
import { UsageError, type Command } from './command.ts';

/** `doctor`; opens its parts itself, one by one, because it must run when settings are wrong and databases are gone. */
export const doctorCommand: Command = {
  name: 'doctor',
  usage: 'doctor',
  summary: 'checks the settings against the real platform step by step and says how to mend each failure',
  options: {},
  async run(_open, { words }) {
    if (words.length > 0) throw new UsageError('doctor takes no words');
    const { parts, close } = await openDoctor(examineEnvironment());
    try {
      const findings = await runDoctor({ ...parts, readJobs });
      const ok = isHealthy(findings);
      return { ok, data: { ok, checks: findings }, text: reportText(findings) };
    } finally {
      await close();
    }
  },
};
