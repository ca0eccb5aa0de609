export { CabinetShelfFieldResolver } from './cabinet-shelf-field.resolver.js';
