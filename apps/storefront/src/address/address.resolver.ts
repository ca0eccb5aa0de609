import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type AddressInput, AddressReader, type AddressRow, AddressService } from '#libs/address';
import { DivisionReader, type DivisionRow } from '#libs/division';
import { refused } from '#libs/kernel';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';

interface AddressFacts extends Pick<AddressInput, 'name' | 'phone' | 'countyCode' | 'detail'> {
  readonly townshipCode?: string | null;
  readonly provinceCode?: string | null;
  readonly cityCode?: string | null;
}

function inputOf({ townshipCode, provinceCode, cityCode, ...facts }: AddressFacts): AddressInput {
  return {
    ...facts,
    townshipCode: townshipCode ?? '',
    provinceCode: provinceCode ?? '',
    cityCode: cityCode ?? '',
  };
}

@Resolver('Address')
export class AddressResolver {
  constructor(
    private readonly book: AddressService,
    private readonly reader: AddressReader,
    private readonly divisions: DivisionReader,
  ) {}

  @Query()
  @Allow('ACCOUNT')
  addresses(@CurrentActor() { userId }: Actor): Promise<AddressRow[]> {
    return this.reader.ofBuyer(userId);
  }

  @Mutation()
  @Allow('ACCOUNT')
  async addressAdd(@CurrentActor() { userId }: Actor, @Args('input') input: AddressFacts) {
    const addressId = await this.book.add(userId, inputOf(input));
    return refused(addressId) ? addressId : { addressId, addresses: await this.reader.ofBuyer(userId) };
  }

  @Mutation()
  @Allow('ACCOUNT')
  async addressChange(
    @CurrentActor() { userId }: Actor,
    @Args('addressId') addressId: string,
    @Args('input') input: AddressFacts,
  ) {
    const changed = await this.book.change(userId, addressId, inputOf(input));
    return refused(changed) ? changed : { addresses: await this.reader.ofBuyer(userId) };
  }

  @Mutation()
  @Allow('ACCOUNT')
  async addressRemove(@CurrentActor() { userId }: Actor, @Args('addressId') addressId: string) {
    await this.book.remove(userId, addressId);
    return { addresses: await this.reader.ofBuyer(userId) };
  }

  @Mutation()
  @Allow('ACCOUNT')
  async addressDefaultSet(@CurrentActor() { userId }: Actor, @Args('addressId') addressId: string) {
    await this.book.setDefault(userId, addressId);
    return { addresses: await this.reader.ofBuyer(userId) };
  }

  @ResolveField()
  async county(@Parent() { countyCode }: AddressRow): Promise<DivisionRow | null> {
    return (await this.divisions.countiesOf([countyCode])).get(countyCode) ?? null;
  }

  @ResolveField()
  township(
    @Parent() { townshipCode }: AddressRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<DivisionRow | null> | null {
    if (townshipCode === '') return null;
    const { divisions } = this;
    const divisionByCode = loaders.byId(
      DivisionReader,
      (codes) => divisions.byCodes(codes),
      (division: DivisionRow) => division.code,
    );
    return divisionByCode.load(townshipCode);
  }
}
