import type { Dice } from './dice.ts';

/** Family names by frequency, then given names. */
const FAMILY = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵',
];
const MALE =
  '建国 志强 伟 海波 国庆 文斌 立军 晓东 永刚 俊杰 浩然 德明 卫平 春生 宏伟 振华 子豪 启明 少华 一鸣 正南 学文 家辉 东升 世昌 景行 瑞林 同舟'.split(
    ' ',
  );
const FEMALE =
  '丽华 静 晓燕 雪梅 敏 婷 慧敏 佳怡 红 玉兰 秀英 思琪 雨桐 海燕 文静 春燕 芳 梦洁 颖 素琴 倩 燕玲 宁 若溪'.split(
    ' ',
  );
/** WeChat nicknames that say nothing about the person. */
const NICKNAMES =
  '静水深流 阿伟 老兵不老 Kevin 一路向北 海阔天空 云淡风轻 Lily 奋斗的小蜗牛 上善若水 大刘 江南小雨 Tony 知足常乐 向阳而生 木子李 天道酬勤 小马哥 晴天 山高水长'.split(
    ' ',
  );

/** A Chinese person. `shownAs` is the WeChat nickname: often the name, sometimes nothing like it. */
export function rollPerson(dice: Dice): { name: string; shownAs: string; gender: 1 | 2 } {
  const gender = dice.chance(68) ? 1 : 2;
  const name = dice.pick(FAMILY) + dice.pick(gender === 1 ? MALE : FEMALE);
  const shownAs = dice.chance(72) ? name : dice.pick(NICKNAMES);
  return { name, shownAs, gender };
}

/** How colleagues address somebody: 张总, 李经理, 王工. */
export function addressOf(name: string, title: string): string {
  const family = name.slice(0, 1);
  if (/总|董事/.test(title)) return `${family}总`;
  if (/工程|工艺|技术|设备/.test(title)) return `${family}工`;
  if (/主任/.test(title)) return `${family}主任`;
  return `${family}经理`;
}
