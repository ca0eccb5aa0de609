import { Module } from '@nestjs/common';
import { MerchantModule } from '#libs/merchant';
import { MerchantStandingFieldResolver } from '#libs/merchant/fields';
import { MerchantResolver } from './merchant.resolver.js';

@Module({ imports: [MerchantModule], providers: [MerchantResolver, MerchantStandingFieldResolver] })
export class MerchantDoorModule {}
