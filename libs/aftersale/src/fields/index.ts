export { AfterSaleFieldResolver, AfterSalePhotoFieldResolver } from './after-sale-field.resolver.js';
