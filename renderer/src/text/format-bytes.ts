export { formatBytes, formatBytesDelta } from '#contract/format/format-bytes.ts';
