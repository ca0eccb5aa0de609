import { Module } from '@nestjs/common';
import { RestockingModule } from '#libs/restocking';
import { RestockVisitFieldResolver } from '#libs/restocking/fields';
import { RestockVisitResolver } from './restock-visit.resolver.js';

@Module({ imports: [RestockingModule], providers: [RestockVisitFieldResolver, RestockVisitResolver] })
export class RestockingDoorModule {}
