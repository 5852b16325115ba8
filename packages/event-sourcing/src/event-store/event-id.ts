import type { EventMetadata, EventToAppend } from './event-store';
import { derivedUuid, type Uuid } from '../values/uuid';

/** The id of the event at `ordinal` (from 0) among those that one command or effect gives rise to. */
export const eventIdOf = (commandId: Uuid, ordinal: number): Uuid => derivedUuid(String(ordinal), commandId);

/** Encoded events with the ids that their command gives them, ready to be appended. */
export const eventsToAppend = (
  encoded: readonly Pick<EventToAppend, 'type' | 'schemaVersion' | 'data'>[],
  metadata: EventMetadata,
): readonly EventToAppend[] =>
  encoded.map((event, ordinal) => ({ ...event, eventId: eventIdOf(metadata.commandId, ordinal), metadata }));
