import { DomainError } from '#libs/kernel';

export class AddressBookFullError extends DomainError {
  readonly code = 'ADDRESS_BOOK_FULL';
  readonly message;

  constructor(readonly addressesMax: number) {
    super();
    this.message = {
      zh: `最多保存 ${addressesMax} 个收货地址，请先删除不用的地址`,
      en: `An address book holds at most ${addressesMax} addresses; remove one first.`,
    };
  }
}
