import { Module } from '@nestjs/common';
import { CountyMapModule, DivisionModule } from '#libs/division';
import { DivisionQueryResolver } from '#libs/division/fields';
import { CityOutlineResolver } from './city-outline.resolver.js';
import { DivisionNameResolver } from './division-name.resolver.js';

@Module({
  imports: [CountyMapModule, DivisionModule],
  providers: [CityOutlineResolver, DivisionNameResolver, DivisionQueryResolver],
})
export class DivisionDoorModule {}
