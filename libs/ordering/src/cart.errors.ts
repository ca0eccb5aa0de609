import { DomainError } from '#libs/kernel';

export class CartFullError extends DomainError {
  readonly code = 'CART_FULL';
  readonly message;

  constructor(readonly linesMax: number) {
    super();
    this.message = {
      zh: `购物车最多放 ${linesMax} 种商品，请先下单或移除一些`,
      en: `A cart holds at most ${linesMax} different goods; order or remove some first.`,
    };
  }
}
