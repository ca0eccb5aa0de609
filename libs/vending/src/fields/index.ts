export { CabinetShelfFieldResolver } from './cabinet-shelf-field.resolver.js';
export { DoorOpeningFieldResolver } from './door-opening-field.resolver.js';
