import { Module } from '@nestjs/common';
import { ClosureModule } from '#libs/closure';
import { MerchantClosureFieldResolver } from '#libs/closure/fields';
import { ClosureResolver } from './closure.resolver.js';

@Module({ imports: [ClosureModule], providers: [ClosureResolver, MerchantClosureFieldResolver] })
export class ClosureDoorModule {}
