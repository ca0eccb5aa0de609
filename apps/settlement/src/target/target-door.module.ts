import { Module } from '@nestjs/common';
import { DivisionModule } from '#libs/division';
import { ProcurementModule } from '#libs/procurement';
import { VolumeModule } from '#libs/volume';
import { TargetResolver } from './target.resolver.js';

@Module({ imports: [DivisionModule, ProcurementModule, VolumeModule], providers: [TargetResolver] })
export class TargetDoorModule {}
