import { epochMillisecondsOf, instantOf, type Instant } from '@mandate/event-sourcing';
import { describe, it } from '@jest/globals';
import {
  afterwards,
  archive,
  dataSetAfter,
  erasingStore,
  justAfter,
  justBefore,
  keyless,
  noticedEnd,
  ordered,
  receipt,
  whenDeleting,
  type ToldOfDataSet,
} from '../testing/scenery';
import type { DataSetRejection } from './rejections';

describe('erasing a store', () => {
  const impossible = (firstActionAt: Instant, lastActionAt: Instant): DataSetRejection => ({
    reason: 'receipt-time-impossible',
    store: archive,
    firstActionAt,
    lastActionAt,
    now: afterwards,
  });
  const from = (firstActionAt: Instant, lastActionAt: Instant = afterwards): ToldOfDataSet =>
    erasingStore(archive, { ...receipt(10), firstActionAt, lastActionAt });
  const before = (instant: Instant, milliseconds: number): Instant =>
    instantOf(epochMillisecondsOf(instant) - milliseconds);

  it('is refused on a receipt whose times cannot have been, by a millisecond', () => {
    const late = dataSetAfter(ordered, whenDeleting);
    late.accepts(from(afterwards));
    late.accepts(from(justBefore(afterwards)));
    late.refuses(from(afterwards, justBefore(afterwards)), impossible(afterwards, justBefore(afterwards)));
    late.refuses(from(afterwards, justAfter(afterwards)), impossible(afterwards, justAfter(afterwards)));
  });

  it.each([
    ['the keys were destroyed', keyless, afterwards],
    ['the contract ended, while there are keys', ordered, noticedEnd.at],
  ] as const)(
    'is refused on a receipt of something that was done before %s, but for clocks that disagree',
    (_, history, earliest) => {
      const sequel = dataSetAfter(history, whenDeleting);
      const [early, tooEarly] = [before(earliest, 300_000), before(earliest, 300_001)];
      sequel.accepts(from(early));
      sequel.refuses(from(tooEarly), impossible(tooEarly, afterwards));
    },
  );
});
