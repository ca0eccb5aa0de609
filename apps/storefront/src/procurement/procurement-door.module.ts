import { Module } from '@nestjs/common';
import { ProcurementModule } from '#libs/procurement';
import { ProcurementResolver } from './procurement.resolver.js';

@Module({ imports: [ProcurementModule], providers: [ProcurementResolver] })
export class ProcurementDoorModule {}
