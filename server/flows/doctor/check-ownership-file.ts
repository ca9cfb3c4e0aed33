import type { DoctorParts } from '../../context.ts';
import { silenceText } from '../../domain/doctor/doctor-answers.ts';
import { failed, fine, skipped, type Verdict } from '../../domain/doctor/doctor-checks.ts';

/** Whether the ownership file of the trusted domain stands at the root, as WeCom looks for it. Source: wecom.md §6. */
export async function checkOwnershipFile({
  probe,
  settings,
}: Pick<DoctorParts, 'probe' | 'settings'>): Promise<Verdict> {
  const { verifyFile, publicUrl } = settings;
  if (!verifyFile)
    return skipped('没有设置 WECOM_VERIFY_FILE：归属文件由 Genjin 提供时才需要（可信域名 → 申请校验域名）');
  const url = `${publicUrl}/${verifyFile}`;
  const heard = await probe.page(`/${verifyFile}`);
  const tried = `GET ${url}`;
  if (heard.is === 'silence')
    return failed(tried, silenceText(heard.fault, heard.word), { code: heard.fault, subject: url });
  if (heard.status !== 200) return failed(tried, `HTTP ${heard.status}`, { code: 'missing', subject: url });
  const expected = verifyFile.slice('WW_verify_'.length, -'.txt'.length);
  if (heard.text.trim() !== expected)
    return failed(tried, 'HTTP 200，但内容与文件名不符', { code: 'wrong_content', subject: url });
  return fine(tried, `${verifyFile} 可以访问`);
}
