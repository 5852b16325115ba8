import { hash } from 'node:crypto';

/**
 * The first half of a SHA-256: 16 bytes that stand for a stream name or an event id in an index. They tell nothing
 * about the name, so that they may stay when the stream is erased, and keep its name and its ids from coming back.
 */
export const digestOf = (text: string): Uint8Array => hash('sha256', text, 'buffer').subarray(0, 16);
