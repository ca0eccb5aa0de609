import { Module } from '@nestjs/common';
import { ChannelModule } from '#libs/channel';
import { MerchantModule } from '#libs/merchant';
import { OrderingModule } from '#libs/ordering';
import { BuyAgainLineResolver, CartGroupResolver, CartLineResolver, CartResolver } from './cart.resolver.js';

@Module({
  imports: [ChannelModule, MerchantModule, OrderingModule],
  providers: [BuyAgainLineResolver, CartGroupResolver, CartLineResolver, CartResolver],
})
export class CartDoorModule {}
