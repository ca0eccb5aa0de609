export * from './board.reader.js';
export {
  COUNTERS_ON_MAP_MAX,
  type IdleReason,
  type MapBox,
  clustersOf,
  isPlaced,
  refuseBoardDay,
  refuseBox,
} from './board.rules.js';
export * from './performance.entity.js';
export * from './performance.module.js';
export * from './performance.reader.js';
export { PerformanceService } from './performance.service.js';
