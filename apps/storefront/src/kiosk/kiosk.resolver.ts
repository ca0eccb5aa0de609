import { Args, Context, Info, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { pricePer500g } from '#libs/catalog';
import type { ChannelPointRow } from '#libs/channel';
import {
  AccessService,
  CabinetNotAdmittedError,
  KioskCodeService,
  LineReader,
  PaperReader,
  type PaperRow,
} from '#libs/counter';
import { type ShelfProduct, ShelfReader } from '#libs/inventory';
import { Clock, type Fen, HOUR_MS, businessDay, fen } from '#libs/kernel';
import { type Kiosk, KioskReader, type KioskSlot, ScanExpiredError } from '#libs/vending';
import { Public } from '#platform/auth';
import { type GraphqlContext, isAsked } from '#platform/graphql';
import { Throttled } from '#platform/throttle';

const HELP = {
  'zh-CN': '付款后没有出货的商品会自动退款；如有卡货或疑问，请在订单里申请售后，并告知柜机编号。',
  en: 'What was paid and does not come out is paid back by itself. If something is stuck or wrong, open a case at the order and name the number of the cabinet.',
} as const;

interface CredentialArgs {
  readonly cabinetId: string;
  readonly credentialId: string;
  readonly secret: string;
}

@Resolver('Kiosk')
export class KioskResolver {
  constructor(
    private readonly codes: KioskCodeService,
    private readonly access: AccessService,
    private readonly reader: KioskReader,
    private readonly clock: Clock,
  ) {}

  @Query()
  @Public()
  async kiosk(@Args('visit') visit: string): Promise<Kiosk | null> {
    const read = this.codes.read('VISIT', visit);
    return read && this.reader.of(read.cabinetId);
  }

  @Query()
  @Public()
  kioskAt(@Args('counterId') counterId: string): Promise<Kiosk | null> {
    return this.reader.at(counterId);
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

  /** Whoever guesses is slowed down; a screen asks twice a minute. */
  @Mutation()
  @Public()
  @Throttled('COSTLY')
  async kioskCodeIssue(@Args() { cabinetId, credentialId, secret }: CredentialArgs) {
    const admission = await this.access.admit(cabinetId, credentialId, secret);
    if (!admission) return new CabinetNotAdmittedError();
    const { code: scanCode, expiresAt } = this.codes.issue('SCAN', admission.cabinetId);
    const goodForSeconds = Math.floor((expiresAt.getTime() - this.clock.now().getTime()) / 1_000);
    return { scanCode, link: this.codes.linkOf(scanCode), expiresAt, goodForSeconds };
  }
}

@Resolver('Kiosk')
export class KioskFieldResolver {
  constructor(
    private readonly lines: LineReader,
    private readonly paperReader: PaperReader,
    private readonly clock: Clock,
  ) {}

  @ResolveField()
  help(@Context() { locale }: GraphqlContext): string {
    return HELP[locale];
  }

  @ResolveField()
  place(@Parent() { point }: Kiosk): ChannelPointRow | null {
    return point?.state === 'OPEN' ? point : null;
  }

  @ResolveField()
  async deciCelsius(@Parent() { cabinetId }: Kiosk): Promise<number | null> {
    const [reading] = await this.lines.readingsOf([cabinetId]);
    if (!reading || this.clock.now().getTime() - reading.takenAt.getTime() > HOUR_MS) return null;
    return reading.deciCelsius;
  }

  @ResolveField()
  async papers(@Parent() { cabinetId }: Kiosk): Promise<PaperRow[]> {
    const today = businessDay(this.clock.now());
    const held = await this.paperReader.of([cabinetId]);
    return held.filter(({ validUntil }) => validUntil === null || validUntil >= today);
  }

  @ResolveField()
  slots(@Parent() { slots }: Kiosk): (KioskSlot & { readonly code: string; pricePer500gFen: Fen })[] {
    return slots.map((slot) => ({
      ...slot,
      code: slot.slotCode,
      pricePer500gFen: pricePer500g(fen(slot.priceFen), slot.netWeightG),
    }));
  }
}

@Resolver('KioskSlot')
export class KioskSlotResolver {
  constructor(private readonly shelf: ShelfReader) {}

  @ResolveField()
  product(
    @Parent() { productId }: KioskSlot,
    @Context() { loaders }: GraphqlContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ShelfProduct | null> {
    const { shelf } = this;
    const extras = {
      stock: isAsked(info, 'variants.available') || isAsked(info, 'expectedDispatch'),
      certification: isAsked(info, 'isCertified') || isAsked(info, 'certification'),
    };
    const productById = loaders.byId(
      `${KioskSlotResolver.name}.${JSON.stringify(extras)}`,
      (ids) => shelf.byIds(ids, extras),
      (product: ShelfProduct) => product.id,
    );
    return productById.load(productId);
  }
}
