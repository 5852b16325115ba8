import { describe, expect, it } from '@jest/globals';
import { mandateEventCodec } from '@mandate/domain';
import { isLeft, isRight } from 'fp-ts/Either';
import { deletionEventCodec } from './events';
import { deletionProcess } from './process';
import { concluded, dataSetId, entrusted, ids } from './testing/events';

describe('the deletion process', () => {
  it('has one instance for each contract', () => {
    expect(deletionProcess.instanceOf(concluded())).toBe(ids.contract);
    expect(deletionProcess.instanceOf(entrusted(1))).toBe(ids.contract);
  });

  it('has a name that its records bear for ever', () => {
    expect(deletionProcess.name).toBe('deletion');
  });
});

describe('the events that a deletion goes by', () => {
  const encoded = (type: string, data: unknown): Parameters<typeof deletionEventCodec.decode>[0] =>
    ({ type, schemaVersion: 1, data }) as never;

  it('are read as the domain reads them', () => {
    const event = entrusted(1);
    expect(deletionEventCodec.encode(event)).toEqual(mandateEventCodec.encode(event));
    const decoded = deletionEventCodec.decode(encoded(event.type, event.data));
    expect(isRight(decoded) && decoded.right).toEqual(event);
  });

  it('that are broken are refused with the place of the break', () => {
    const { data } = entrusted(1);
    const decoded = deletionEventCodec.decode(encoded('DataSetEntrusted', { ...data, recipients: 'three' }));
    expect(isLeft(decoded) && decoded.left.issues).toMatchObject([{ path: 'recipients' }]);
  });

  it('are no others', () => {
    const { contractId } = concluded().data;
    const removed = encoded('RecipientsRemoved', { contractId, dataSetId: dataSetId(1), recipients: 1 });
    expect(isRight(mandateEventCodec.decode(removed))).toBe(true);
    const decoded = deletionEventCodec.decode(removed);
    expect(isLeft(decoded) && decoded.left.issues).toMatchObject([{ path: 'type', found: 'another type' }]);
  });
});
