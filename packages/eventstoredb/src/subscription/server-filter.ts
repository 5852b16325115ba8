import type { EventFilter } from '@mandate/event-sourcing';
import type { CheckpointReached, ClientFilter, ClientFilterExpression } from '../client';
import { ourStreamsPattern } from '../event-format';

/** How many events the server looks at between two reports of where it is. */
const checkpointEvents = 500;

/**
 * What the server can leave out. It has one expression for all of a filter, so the rest is looked at here; prefixes of
 * types may let more through than the types themselves.
 */
const expressionFor = ({ types, streamPrefix = '' }: EventFilter): ClientFilterExpression => {
  if (streamPrefix !== '') return { filterOn: 'streamName', prefixes: [streamPrefix] };
  if (types !== undefined && types.length > 0) return { filterOn: 'eventType', prefixes: [...types] };
  return { filterOn: 'streamName', regex: ourStreamsPattern };
};

export const serverFilterOf = (
  filter: EventFilter | undefined,
  checkpointReached: CheckpointReached,
): ClientFilter => ({
  ...expressionFor(filter ?? {}),
  maxSearchWindow: checkpointEvents,
  checkpointInterval: 1,
  checkpointReached,
});
