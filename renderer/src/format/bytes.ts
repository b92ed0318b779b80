export { formatBytes, formatBytesDelta } from '../../../electron/contract/format-bytes.ts';
