export { AlarmFieldResolver } from './alarm-field.resolver.js';
export { CabinetFieldResolver } from './cabinet-field.resolver.js';
export { CabinetHealthFieldResolver } from './cabinet-health-field.resolver.js';
export { PaperFieldResolver } from './paper-field.resolver.js';
