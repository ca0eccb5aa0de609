import { Module } from '@nestjs/common';
import { AddressModule } from '#libs/address';
import { DivisionModule } from '#libs/division';
import { AddressResolver } from './address.resolver.js';

@Module({ imports: [AddressModule, DivisionModule], providers: [AddressResolver] })
export class AddressDoorModule {}
