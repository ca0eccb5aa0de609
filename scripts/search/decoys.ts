import { Random } from '../data/random.js';

/** Goods that sound, look or are written like those of Zhuzhou, and are something else. */
const LOOKALIKES: readonly (readonly [string, string])[] = [
  ['黄油桃', 'FRESH_FRUIT'],
  ['黄金油桃', 'FRESH_FRUIT'],
  ['大黄鱼', 'MEAT_POULTRY'],
  ['核桃', 'DRY_GOODS'],
  ['樱桃', 'FRESH_FRUIT'],
  ['桃酥', 'SNACK'],
  ['桃胶', 'DRY_GOODS'],
  ['黄桂酒', 'SNACK'],
  ['土黄酒', 'SNACK'],
  ['黄花菜', 'DRY_GOODS'],
  ['黄金芽', 'VEGETABLE'],
  ['红糖', 'SNACK'],
  ['花糖', 'SNACK'],
  ['蜂王浆', 'HONEY'],
  ['香蕉', 'FRESH_FRUIT'],
  ['干笋丝', 'DRY_GOODS'],
  ['白果', 'DRY_GOODS'],
  ['白糖', 'SNACK'],
  ['辣木籽', 'HERB'],
  ['茶梅', 'SNACK'],
  ['米醋', 'PICKLE_SAUCE'],
  ['鹅肝酱', 'PICKLE_SAUCE'],
  ['姜黄粉', 'HERB'],
  ['蒜香饼', 'SNACK'],
  ['瓷泥', 'HANDICRAFT'],
  ['豆奶粉', 'SNACK'],
  ['油麦菜', 'VEGETABLE'],
  ['梨膏', 'SNACK'],
  ['橘红', 'HERB'],
  ['笋壳鱼', 'MEAT_POULTRY'],
];

const PLACES = [
  '东山',
  '西岭',
  '南塘',
  '北坡',
  '云溪',
  '石桥',
  '白沙',
  '竹坪',
  '黄泥坳',
  '陵上',
  '茶山坡',
  '桃花岭',
  '香樟坪',
  '炎岗',
  '攸溪',
];
const MODIFIERS = ['高山', '农家', '手工', '有机', '新鲜', '精选', '老树', '原味', '特级', '散养', ''];

export interface Decoy {
  readonly name: string;
  readonly categoryCode: string;
}

/** The same each time; every name once, as far as there are so many. */
export function decoys(count: number): Decoy[] {
  const random = new Random('decoys');
  const all = LOOKALIKES.flatMap(([goods, categoryCode]) =>
    PLACES.flatMap((place) =>
      MODIFIERS.map((modifier) => ({ name: `${place}${modifier}${goods}`, categoryCode })),
    ),
  );
  return random.shuffle(all).slice(0, count);
}
