import { isLeft, left, right, type Either } from 'fp-ts/Either';
import { sentenceOfIssue } from '../codecs/decode-issue';
import type { DomainEvent, EventCodec } from '../codecs/event-codec';
import type { RecordedEvent } from '../event-store/event-store';
import type { ProjectedEvent } from './projection';

/** An event as a projection takes it, or the reason why it cannot be read. */
export const projectedEventOf = <Event extends DomainEvent>(
  codec: Pick<EventCodec<Event>, 'decode'>,
  recorded: RecordedEvent,
): Either<string, ProjectedEvent<Event>> => {
  const decoded = codec.decode(recorded);
  if (isLeft(decoded)) return left(decoded.left.issues.map(sentenceOfIssue).join(' '));
  const { eventId, stream, position, recordedAt } = recorded;
  return right({ event: decoded.right, eventId, stream, position, recordedAt });
};

/** The reason why an event cannot be handled, without the words of what was thrown: they may quote the data. */
export const reasonOf = (what: string, thrown: unknown): string =>
  thrown instanceof Error ? `${what} failed with ${thrown.name}` : `${what} failed`;
