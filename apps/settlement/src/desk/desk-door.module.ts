import { Module } from '@nestjs/common';
import { CountyMapModule, DivisionModule } from '#libs/division';
import { VolumeModule } from '#libs/volume';
import { DeskResolver } from './desk.resolver.js';

@Module({ imports: [CountyMapModule, DivisionModule, VolumeModule], providers: [DeskResolver] })
export class DeskDoorModule {}
