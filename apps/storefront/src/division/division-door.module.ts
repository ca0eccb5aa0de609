import { Module } from '@nestjs/common';
import { CountyMapModule, DivisionModule } from '#libs/division';
import { CityOutlineResolver } from './city-outline.resolver.js';
import { DivisionResolver } from './division.resolver.js';

@Module({ imports: [CountyMapModule, DivisionModule], providers: [CityOutlineResolver, DivisionResolver] })
export class DivisionDoorModule {}
