import { describe, it } from '@jest/globals';
import { instructionEvents } from '../testing';
import { assertReadsAsItsSchema, assertReadsRightDataAtOnce } from '../testing/scenery';
import { instructionEventCodec, instructionEventSchemas } from './event-codec';

describe('reading an event of a processing instruction', () => {
  const cases = Object.entries(instructionEventSchemas).map(([type, { data }]) => ({
    type,
    schema: data,
    codec: instructionEventCodec,
    events: instructionEvents[type as keyof typeof instructionEvents],
  }));

  it.each(cases)('comes to the same as its schema: $type', (reading) => {
    assertReadsAsItsSchema(reading);
  });

  it.each(cases)('asks the schema only about what is wrong: $type', (reading) => {
    assertReadsRightDataAtOnce(reading);
  });
});
