import bamboo from './art/bamboo.svg';
import bird from './art/bird.svg';
import chili from './art/chili.svg';
import craft from './art/craft.svg';
import cured from './art/cured.svg';
import egg from './art/egg.svg';
import fish from './art/fish.svg';
import gift from './art/gift.svg';
import ginger from './art/ginger.svg';
import grape from './art/grape.svg';
import greens from './art/greens.svg';
import herb from './art/herb.svg';
import honey from './art/honey.svg';
import jar from './art/jar.svg';
import kiwi from './art/kiwi.svg';
import meat from './art/meat.svg';
import melon from './art/melon.svg';
import mushroom from './art/mushroom.svg';
import noodle from './art/noodle.svg';
import oil from './art/oil.svg';
import orange from './art/orange.svg';
import peach from './art/peach.svg';
import porcelain from './art/porcelain.svg';
import rice from './art/rice.svg';
import roots from './art/roots.svg';
import snack from './art/snack.svg';
import strawberry from './art/strawberry.svg';
import tea from './art/tea.svg';
import tofu from './art/tofu.svg';

/** Drawings, because goods have no photographs yet: files of their own, loaded when they come into sight. The first that fits the name is taken. */
const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/礼盒/, gift],
  [/黄桃(干|罐头|果汁)/, snack],
  [/酱|泡|腐乳|豆豉|酸|剁/, jar],
  [/黄桃/, peach],
  [/橙|桔|柑|柚/, orange],
  [/草莓/, strawberry],
  [/葡萄|蓝莓|柰李/, grape],
  [/猕猴桃|火龙果|百香果/, kiwi],
  [/西瓜|梨/, melon],
  [/茶油/, oil],
  [/笋/, bamboo],
  [/菇|木耳|灵芝/, mushroom],
  [/姜|蒜/, ginger],
  [/藕|芋|薯|南瓜|玉米|百合|莲/, roots],
  [/椒/, chili],
  [/蛋/, egg],
  [/鱼/, fish],
  [/腊|香肠|风干/, cured],
  [/鸭|鸡|鹅/, bird],
  [/粉|面|年糕/, noodle],
];

/** Where no category is told, as of what was ordered. */
const BY_WORD: readonly (readonly [RegExp, string])[] = [
  [/茶/, tea],
  [/蜜|蜂/, honey],
  [/瓷|杯|碗|盘|壶|瓶|坛/, porcelain],
  [/香干|豆腐|千张/, tofu],
  [/肉/, meat],
  [/米|黄豆|花生/, rice],
  [/糖|酿|脯|杨梅/, snack],
  [/白芷|黄精|陈皮/, herb],
  [/篮|垫|包|皂|囊|砧板|兰草/, craft],
];

const BY_CATEGORY: Readonly<Record<string, string>> = {
  FRESH_FRUIT: peach,
  VEGETABLE: greens,
  TEA: tea,
  GRAIN: rice,
  OIL: oil,
  MEAT_POULTRY: meat,
  CURED_MEAT: cured,
  DRY_GOODS: mushroom,
  HONEY: honey,
  PICKLE_SAUCE: jar,
  BEAN_PRODUCT: tofu,
  SNACK: snack,
  HERB: herb,
  CERAMICS: porcelain,
  HANDICRAFT: craft,
  GIFT: gift,
};

/** Where only the category tells: 茶 and 瓷 have words of food in their names, and 手工艺品 of everything. */
const BY_CATEGORY_ALONE = new Set([
  'TEA',
  'HONEY',
  'CERAMICS',
  'HANDICRAFT',
  'HERB',
  'BEAN_PRODUCT',
  'SNACK',
  'OIL',
]);

export function pictureOf(name: string, category: string): string {
  const own = BY_CATEGORY[category] ?? greens;
  if (BY_CATEGORY_ALONE.has(category) && !/礼盒/.test(name)) return own;
  const words = category === '' ? [...BY_NAME, ...BY_WORD] : BY_NAME;
  return words.find(([word]) => word.test(name))?.[1] ?? own;
}
