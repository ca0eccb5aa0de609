import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { KioskCodeService } from '#libs/counter';
import { type Kiosk, KioskReader, type KioskSlot, ScanExpiredError } from '#libs/vending';
import { Public } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';

const HELP = {
  'zh-CN': '付款后没有出货的商品会自动退款；如有卡货或疑问，请在订单里申请售后，并告知柜机编号。',
  en: 'What was paid and does not come out is paid back by itself. If something is stuck or wrong, open a case at the order and name the number of the cabinet.',
} as const;

@Resolver('Kiosk')
export class KioskResolver {
  constructor(
    private readonly codes: KioskCodeService,
    private readonly reader: KioskReader,
  ) {}

  @Query()
  @Public()
  async kiosk(@Args('visit') visit: string): Promise<Kiosk | null> {
    const read = this.codes.read('VISIT', visit);
    return read && this.reader.of(read.cabinetId);
  }

  @Mutation()
  @Public()
  async kioskScan(@Args('code') code: string) {
    const read = this.codes.read('SCAN', code);
    const kiosk = read && (await this.reader.of(read.cabinetId));
    if (!read || !kiosk) return new ScanExpiredError();
    const { code: visit, expiresAt } = this.codes.issue('VISIT', read.cabinetId);
    return { visit, visitEndsAt: expiresAt, kiosk };
  }

  @ResolveField()
  help(@Context() { locale }: GraphqlContext): string {
    return HELP[locale];
  }

  @ResolveField()
  slots(@Parent() { slots }: Kiosk): (KioskSlot & { readonly code: string })[] {
    return slots.map((slot) => ({ ...slot, code: slot.slotCode }));
  }
}
