import { describe, expect, it } from '@jest/globals';
import { isRight } from 'fp-ts/Either';
import { mandateEventCodec } from '@mandate/domain';
import { historyEvent } from './sample-events';

describe('the history that is measured with', () => {
  const events = Array.from({ length: 60 }, (_, number) => historyEvent(3, number));

  it('consists of events of the domain', () => {
    expect(events.filter((event) => !isRight(mandateEventCodec.decode(event)))).toEqual([]);
  });

  it('gives every event an id of its own', () => {
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length);
  });

  it('has nested events among the flat ones', () => {
    expect(new Set(events.map(({ type }) => type))).toEqual(
      new Set(['ProcessingRecorded', 'RecipientsAdded', 'InstructionAmended']),
    );
  });
});
