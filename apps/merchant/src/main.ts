import { serve } from '#platform/service';
import { merchant } from './merchant.module.js';

await serve(merchant);
