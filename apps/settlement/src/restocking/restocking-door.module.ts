import { Module } from '@nestjs/common';
import { RestockingModule } from '#libs/restocking';
import { RestockVisitFieldResolver, VanWriteOffFieldResolver } from '#libs/restocking/fields';
import { RestockVisitPhotoController } from './restock-visit-photo.controller.js';
import { RestockVisitResolver } from './restock-visit.resolver.js';
import { VanWriteOffResolver } from './van-write-off.resolver.js';

@Module({
  imports: [RestockingModule],
  controllers: [RestockVisitPhotoController],
  providers: [RestockVisitFieldResolver, RestockVisitResolver, VanWriteOffFieldResolver, VanWriteOffResolver],
})
export class RestockingDoorModule {}
