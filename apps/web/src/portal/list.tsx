export { List, ListPart, type Place } from '../shared/ui/list.js';
