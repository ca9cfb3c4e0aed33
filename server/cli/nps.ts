import { calendarDay, clockTime } from '../domain/calendar.ts';
import { TIERS, type Tier } from '../domain/classification/tier.ts';
import { startCampaign } from '../flows/nps/start-campaign.ts';
import { UsageError, type Command } from './command.ts';

/** `nps start --name N --audience all` */
export const npsCommand: Command = {
  name: 'nps',
  usage: 'nps start --name NAME --audience all|tier:head,waist',
  summary: 'opens an NPS campaign for two weeks; nothing is ever asked of customers without one',
  options: {
    name: { type: 'string', about: 'what people call the campaign' },
    audience: { type: 'string', about: `all, or tier: with some of ${TIERS.join(',')}` },
  },
  async run(open, { words, options }) {
    if (words[0] !== 'start' || words.length > 1) throw new UsageError('nps start is the one thing to do');
    const { name, audience } = options;
    if (typeof name !== 'string' || !name.trim())
      throw new UsageError('--name is missing, e.g. --name 四季度');
    const tiers = audienceOf(typeof audience === 'string' ? audience : '');
    const context = await open();
    const campaign = await startCampaign(context, { name: name.trim(), tiers });
    const link = `${context.site.publicUrl}/s/c/${campaign._id}`;
    const { timeZone } = context.site;
    const closes = `${calendarDay(campaign.closesAt, timeZone)} ${clockTime(campaign.closesAt, timeZone).slice(0, 5)}`;
    const text = `活动“${campaign.name}”已开启，${closes} 结束。问卷链接：${link}\n运行 npm run cli -- job ask-nps 立即生成群发任务。`;
    return { ok: true, data: { ...campaign, link }, text };
  },
};

/** @throws {UsageError} for anything but `all` and `tier:a,b` */
function audienceOf(text: string): Tier[] {
  if (text === 'all') return [];
  const names = text.startsWith('tier:') ? text.slice(5).split(',') : [];
  const tiers = TIERS.filter((tier) => names.includes(tier));
  if (tiers.length > 0 && tiers.length === new Set(names).size) return tiers;
  throw new UsageError(`--audience takes all, or e.g. tier:head,waist (of ${TIERS.join(', ')})`);
}
