import { describe, it } from '@jest/globals';
import { contractEvents } from '../testing';
import { assertReadsAsItsSchema, assertReadsRightDataAtOnce } from '../testing/scenery';
import { contractEventCodec, contractEventSchemas } from './event-codec';

describe('reading an event of a contract', () => {
  const cases = Object.entries(contractEventSchemas).map(([type, { data }]) => ({
    type,
    schema: data,
    codec: contractEventCodec,
    events: contractEvents[type as keyof typeof contractEvents],
  }));

  it.each(cases)('comes to the same as its schema: $type', (reading) => {
    assertReadsAsItsSchema(reading);
  });

  it.each(cases)('asks the schema only about what is wrong: $type', (reading) => {
    assertReadsRightDataAtOnce(reading);
  });
});
