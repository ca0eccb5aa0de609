import { Module } from '@nestjs/common';
import { DivisionModule } from '#libs/division';
import { AddressReader } from './address.reader.js';
import { AddressRepository } from './address.repository.js';
import { AddressService } from './address.service.js';

@Module({
  imports: [DivisionModule],
  providers: [AddressReader, AddressRepository, AddressService],
  exports: [AddressReader, AddressService],
})
export class AddressModule {}
