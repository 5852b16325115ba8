import { EventStoreError } from '../event-store/event-store-error';
import type { Uuid } from '../values/uuid';
import type { ProcessInstance } from './process-instance';

/** The store has forgotten what it had acknowledged: it was restored from an older backup, or is broken. */
export const lostRecordError = (
  name: string,
  instanceId: Uuid,
  known: Pick<ProcessInstance<unknown, unknown>, 'version'>,
  found: Pick<ProcessInstance<unknown, unknown>, 'version'>,
): EventStoreError =>
  new EventStoreError({
    kind: 'corrupt',
    position: 'unknown',
    stream: `${name}-${instanceId}`,
    type: 'the record of a process',
    reason: `expected version ${known.version} or later, found version ${found.version}`,
  });
