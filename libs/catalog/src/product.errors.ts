import { DomainError } from '#libs/kernel';

/** Goods that nobody has looked at yet are neither on the shelf nor off it. */
export class ProductStateError extends DomainError {
  readonly code = 'PRODUCT_STATE';
  readonly message = {
    zh: '这个商品还没有审核上架，请先提交审核',
    en: 'These goods have not been approved yet; hand them in first.',
  };
}
