import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { ChannelModule } from '#libs/channel';
import { ConsignmentModule } from '#libs/consignment';
import { MerchantModule } from '#libs/merchant';
import { VolumeModule } from '#libs/volume';
import { OfftakeResolver } from './offtake.resolver.js';
import { RangeGoodsResolver } from './range-goods.resolver.js';
import { RangeOfferResolver } from './range-offer.resolver.js';
import { SellThroughController } from './sell-through.controller.js';
import {
  ConsignmentSaleResolver,
  SellThroughResolver,
  SellThroughRowResolver,
} from './sell-through.resolver.js';

@Module({
  imports: [CatalogModule, ChannelModule, ConsignmentModule, MerchantModule, VolumeModule],
  controllers: [SellThroughController],
  providers: [
    ConsignmentSaleResolver,
    OfftakeResolver,
    RangeGoodsResolver,
    RangeOfferResolver,
    SellThroughResolver,
    SellThroughRowResolver,
  ],
})
export class ConsignmentDoorModule {}
