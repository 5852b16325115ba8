import type { ProcessingScope } from '@mandate/read-models';
import type { Ask } from './rivals';

/** The question as this library is asked it. */
export const askOurs =
  (scope: ProcessingScope): Ask =>
  (request, at) =>
    scope.allows(request, at);
