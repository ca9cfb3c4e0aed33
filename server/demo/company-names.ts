/** Places with industry, and the sales region they belong to. */
const CITIES: readonly (readonly [city: string, region: string])[] = [
  ['苏州', '江苏'],
  ['宁波', '浙江'],
  ['东莞', '广东'],
  ['无锡', '江苏'],
  ['佛山', '广东'],
  ['青岛', '山东'],
  ['常州', '江苏'],
  ['合肥', '安徽'],
  ['温州', '浙江'],
  ['武汉', '湖北'],
  ['重庆', '重庆'],
  ['昆山', '江苏'],
  ['台州', '浙江'],
  ['惠州', '广东'],
  ['烟台', '山东'],
  ['长沙', '湖南'],
  ['嘉兴', '浙江'],
  ['南通', '江苏'],
  ['天津', '天津'],
  ['成都', '四川'],
  ['厦门', '福建'],
  ['中山', '广东'],
  ['芜湖', '安徽'],
  ['沈阳', '辽宁'],
  ['洛阳', '河南'],
  ['绍兴', '浙江'],
  ['潍坊', '山东'],
  ['株洲', '湖南'],
  ['扬州', '江苏'],
  ['泉州', '福建'],
];

/** Names of companies, of two characters each. */
const WORDS = (
  '恒锐 鼎盛 华铸 博远 金泰 锦程 瑞丰 科达 宏图 立信 天工 卓越 信诚 海川 明德 东升 中联 凯迪 正阳 泰和 ' +
  '德邦 安捷 久固 盛源 汇能 联创 亿达 驰远 磐石 百川 嘉禾 云帆 广润 精诚 新锐 宏业 万邦 长盈 昌隆 启航 ' +
  '同辉 银河 鸿基 润泽 旭日 佳力 天成 永固 力源 聚光 华信 中孚 锐志 晟达 江海 卓力 丰泽 隆盛 海纳 智汇 ' +
  '邦泰 诚毅 迅捷 恒通 远大 万和 龙腾 兴业 开元 利达 环宇 祥瑞 方圆 康泰 通达 创元 飞跃 广源 金石 顺达'
).split(' ');

/** How a company names its trade, and the industry that the ERP files it under. */
const TRADES: readonly (readonly [trade: string, industry: string])[] = [
  ['精密机械', '通用设备'],
  ['汽车零部件', '汽车零部件'],
  ['新能源科技', '新能源'],
  ['电子科技', '电子制造'],
  ['模具', '模具加工'],
  ['医疗器械', '医疗器械'],
  ['自动化设备', '自动化'],
  ['轴承', '通用设备'],
  ['食品机械', '食品包装'],
  ['光电科技', '电子制造'],
  ['铝业', '金属加工'],
  ['泵业', '通用设备'],
  ['包装材料', '食品包装'],
  ['智能家电', '家电制造'],
  ['航空零件', '航空航天'],
  ['紧固件', '金属加工'],
  ['化工装备', '化工'],
  ['电机', '电气设备'],
  ['轨道装备', '轨道交通'],
  ['注塑科技', '塑料制品'],
];

/** Three in four are limited companies. */
const FORMS = ['有限公司', '有限公司', '有限公司', '股份有限公司'];

/** Coprime to the number of names, and a change of place, word and trade from one company to the next. */
const STEP = 17_011;

/** A company by its number; names do not repeat, branches are numbered when 48,000 are used up. */
export function companyAt(index: number): {
  name: string;
  shortName: string;
  industry: string;
  region: string;
} {
  const names = CITIES.length * WORDS.length * TRADES.length;
  const place = (index * STEP) % names;
  const [city, region] = at(CITIES, place);
  const word = at(WORDS, Math.floor(place / CITIES.length));
  const [trade, industry] = at(TRADES, Math.floor(place / CITIES.length / WORDS.length));
  const round = Math.floor(index / names);
  const branch = round > 0 ? `第${round + 1}分公司` : '';
  return {
    name: `${city}${word}${trade}${at(FORMS, place * 5 + 1)}${branch}`,
    shortName: word,
    industry,
    region,
  };
}

/** The item at an index that may run past the end. */
function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError('the list is empty');
  return item;
}
