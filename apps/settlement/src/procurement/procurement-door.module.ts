import { Module } from '@nestjs/common';
import { ProcurementModule } from '#libs/procurement';
import { ProcurementUnitResolver } from './procurement-unit.resolver.js';
import { ReservedShareResolver } from './reserved-share.resolver.js';

@Module({ imports: [ProcurementModule], providers: [ProcurementUnitResolver, ReservedShareResolver] })
export class ProcurementDoorModule {}
