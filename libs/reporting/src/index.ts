export * from './member-name.reader.js';
export * from './report-drill.reader.js';
export * from './report-export.service.js';
export { REPORT_FORMATS, type ReportFormat } from './report-file.rules.js';
export { MEASURE_UNITS, NO_DATA, REPORT_MEASURES } from './report-measure.rules.js';
export { REPORTS } from './report-catalogue.rules.js';
export * from './report-view.reader.js';
export * from './report.rules.js';
export * from './reporting.module.js';
