import { Module } from '@nestjs/common';
import { MerchantModule } from '#libs/merchant';
import { MerchantResolver } from './merchant.resolver.js';

@Module({ imports: [MerchantModule], providers: [MerchantResolver] })
export class MerchantDoorModule {}
