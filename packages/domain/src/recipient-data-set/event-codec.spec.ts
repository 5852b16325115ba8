import { describe, it } from '@jest/globals';
import { dataSetEvents } from '../testing';
import { assertReadsAsItsSchema, assertReadsRightDataAtOnce } from '../testing/scenery';
import { dataSetEventCodec, dataSetEventSchemas } from './event-codec';

describe('reading an event of a recipient data set', () => {
  const cases = Object.entries(dataSetEventSchemas).map(([type, { data }]) => ({
    type,
    schema: data,
    codec: dataSetEventCodec,
    events: dataSetEvents[type as keyof typeof dataSetEvents],
  }));

  it.each(cases)('comes to the same as its schema: $type', (reading) => {
    assertReadsAsItsSchema(reading);
  });

  it.each(cases)('asks the schema only about what is wrong: $type', (reading) => {
    assertReadsRightDataAtOnce(reading);
  });
});
