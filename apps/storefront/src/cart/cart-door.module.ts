import { Module } from '@nestjs/common';
import { ChannelModule } from '#libs/channel';
import { OrderingModule } from '#libs/ordering';
import { CartLineResolver, CartResolver } from './cart.resolver.js';

@Module({ imports: [ChannelModule, OrderingModule], providers: [CartLineResolver, CartResolver] })
export class CartDoorModule {}
