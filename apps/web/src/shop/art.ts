import { t } from '../shared/i18n.js';
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
import heroAutumn from './art/hero-autumn.svg';
import heroSpring from './art/hero-spring.svg';
import heroSummer from './art/hero-summer.svg';
import heroWinter from './art/hero-winter.svg';
import honey from './art/honey.svg';
import jar from './art/jar.svg';
import kiwi from './art/kiwi.svg';
import map from './art/map.svg';
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

export const mapPicture = map;

interface Hero {
  readonly picture: string;
  readonly kicker: () => string;
  readonly title: () => string;
}

const spring: Hero = {
  picture: heroSpring,
  kicker: () => t('清明前后 · 春茶开采'),
  title: () => t('头一道春茶，刚下山'),
};
const summer: Hero = {
  picture: heroSummer,
  kicker: () => t('炎陵县专馆 · 开园直发'),
  title: () => t('高山黄桃，现摘到家'),
};
const autumn: Hero = {
  picture: heroAutumn,
  kicker: () => t('秋冬开园 · 产地直发'),
  title: () => t('脐橙蜜桔，甜到心里'),
};
const winter: Hero = {
  picture: heroWinter,
  kicker: () => t('年货开市 · 柴火慢熏'),
  title: () => t('腊味下乡来，年味进城去'),
};

/** The season that the shop opens with. */
export function heroOf(month: number): Hero {
  if (month <= 2) return winter;
  if (month <= 5) return spring;
  return month <= 9 ? summer : autumn;
}
