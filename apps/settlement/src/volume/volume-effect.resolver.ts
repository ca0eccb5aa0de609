import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DivisionReader } from '#libs/division';
import type { CountedEffect } from '#libs/volume';
import type { GraphqlContext } from '#platform/graphql';
import { countyOf } from './county.loader.js';

@Resolver('VolumeEffect')
export class VolumeEffectResolver {
  constructor(private readonly divisions: DivisionReader) {}

  @ResolveField()
  county(@Parent() { originCountyCode }: CountedEffect, @Context() context: GraphqlContext) {
    return countyOf(originCountyCode, this.divisions, context);
  }
}
