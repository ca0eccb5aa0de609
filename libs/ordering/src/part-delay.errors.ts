import { DomainError } from '#libs/kernel';

/** Some of them do not wait to be sent, or have days of their own: what is presold or adopted. */
export class OrdersNotDelayableError extends DomainError {
  readonly code = 'ORDERS_NOT_DELAYABLE';
  readonly message = {
    zh: '其中有订单不在待发货，或是预售、认养订单（请在预售、认养里改期）',
    en: 'Some do not wait to be sent, or are presold or adopted: move the day of the presale or the instalment.',
  };

  constructor(readonly merchantOrderIds: readonly string[]) {
    super();
  }
}
