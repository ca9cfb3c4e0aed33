import { expect, it } from 'vitest';
import { createMetrics } from '../../../server/boot/metrics.ts';

const PATH = '/cgi-bin/user/get';

it('counts calls of WeCom by path and outcome, and how long those took that were sent', async () => {
  const { watch, registry } = createMetrics();
  watch.called({ path: PATH, outcome: '0', seconds: 0.03 });
  watch.called({ path: PATH, outcome: '45009', seconds: 0.2 });
  watch.called({ path: PATH, outcome: 'shut', seconds: 0 });
  const text = await registry.metrics();
  expect(text).toContain(`genjin_wecom_calls_total{path="${PATH}",outcome="0"} 1`);
  expect(text).toContain(`genjin_wecom_calls_total{path="${PATH}",outcome="45009"} 1`);
  expect(text).toContain(`genjin_wecom_calls_total{path="${PATH}",outcome="shut"} 1`);
  expect(text).toContain(`genjin_wecom_call_seconds_count{path="${PATH}"} 2`);
  expect(text).toContain(`genjin_wecom_call_seconds_bucket{le="0.05",path="${PATH}"} 1`);
});

it('shows which APIs are shut, and that they open by themselves', async () => {
  const { watch, registry } = createMetrics();
  const shown = async () => (await registry.metrics()).match(/genjin_wecom_shut\{.*/g);
  expect(await shown()).toBeNull();
  watch.shut(PATH, new Date(Date.now() + 60_000));
  expect(await shown()).toEqual([`genjin_wecom_shut{path="${PATH}"} 1`]);
  watch.shut(PATH, null);
  expect(await shown()).toEqual([`genjin_wecom_shut{path="${PATH}"} 0`]);
  watch.shut(PATH, new Date(Date.now() - 1));
  expect(await shown()).toEqual([`genjin_wecom_shut{path="${PATH}"} 0`]);
});

it('counts how often Redis did not answer', async () => {
  const { sharedFailures, registry } = createMetrics();
  sharedFailures.inc();
  expect(await registry.metrics()).toContain('genjin_shared_store_failures_total 1');
});
