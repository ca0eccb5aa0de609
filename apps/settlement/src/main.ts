import { serve } from '#platform/service';
import { settlement } from './settlement.module.js';

await serve(settlement);
