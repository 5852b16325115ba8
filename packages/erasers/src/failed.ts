import type { ErasureOutcome } from '@mandate/deletion';

/** A failure with its code; it is tried again later. */
export const failed = (reason: string): ErasureOutcome => ({ outcome: 'failed', reason });
