import { t } from '../shared/i18n.js';
import heroAutumn from './art/hero-autumn.svg';
import heroSpring from './art/hero-spring.svg';
import heroSummer from './art/hero-summer.svg';
import heroWinter from './art/hero-winter.svg';
import map from './art/map.svg';

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
