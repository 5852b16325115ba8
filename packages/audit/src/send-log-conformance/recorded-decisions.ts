import type { ProcessingScope } from '@mandate/read-models';

/**
 * Whoever can say what was permitted and known at an instant: the processing scope of `@mandate/read-models`, which
 * answers from its index, or anything with the same four questions. It is not to read on while a log is checked.
 */
export type RecordedDecisions = Pick<ProcessingScope, 'decide' | 'historyOf' | 'isReadable' | 'scopeOf'>;
