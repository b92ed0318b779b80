import { unary } from './grpc-call.ts';

/** HealthCheckResponse { status = 1: SERVING = 1 } */
const serving = Buffer.from([0x08, 0x01]);

/**
 * grpc.health.v1.Health/Check. An engine asks every few seconds, and closes a session that does not answer: after 1 s
 * (Docker 20.10) or 5 s (26 and 28). https://github.com/grpc/grpc/blob/master/doc/health-checking.md
 */
export const checkHealth = unary(() => serving);
