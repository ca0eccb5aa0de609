import { DomainError, type Message } from '#libs/kernel';

/** Nothing is taken of a file as long as one of its rows is faulty: a month is whole or not told. */
export class SellThroughFaultyError extends DomainError {
  readonly code = 'SELL_THROUGH_FAULTY';
  readonly message: Message;

  constructor(readonly faultyCount: number) {
    super();
    this.message = {
      zh: `还有 ${faultyCount} 行有误，请修改后重新上传`,
      en: `${faultyCount} rows are faulty; mend them and bring the file again.`,
    };
  }
}
