import { serve } from '#platform/service';
import { storefront } from './storefront.module.js';

await serve(storefront);
