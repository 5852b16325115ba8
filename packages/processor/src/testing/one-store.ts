import type { ErasureOutcome, StoreEraser } from '@mandate/deletion';
import type { OutstandingDeletion, Processor } from '../processor';
import { startProcessor } from './a-processor';
import type { Service } from './a-service';
import { ids } from './a-story';

export const retry = { attemptsMax: 3, delayMs: (): number => 60_000 };

/** A processor for which the first store of the story is erased in this way, or in none. */
export const withDatabase = (service: Service, erase: StoreEraser | undefined): Processor => {
  const { 'recipient-database': _replaced, ...others } = service.erasers;
  const erasers = erase === undefined ? others : { ...others, 'recipient-database': erase };
  return startProcessor(service.surroundings, erasers, { retry });
};

export const certificateIn = ({ surroundings }: Service): Promise<unknown> =>
  surroundings.certificates.get(ids.contract);

/** Lets minutes pass. */
export const later = ({ surroundings: { clock } }: Service, minutes: number): void => {
  clock.moveTo(new Date(Date.parse(clock()) + minutes * 60_000).toISOString());
};

export const theOneOutstanding = (processor: Processor): OutstandingDeletion => {
  const [one, ...others] = processor.deletions.outstanding();
  if (one === undefined || others.length > 0) throw new Error('expected exactly one step to be outstanding');
  return one;
};

export const aboutTheDatabase = { step: 'erase-store', dataSetId: ids.dataSet, store: 'recipient-database' };

/** An eraser that answers with whatever it is given here. */
export const garbage =
  (outcome: unknown): StoreEraser =>
  () =>
    Promise.resolve(outcome as ErasureOutcome);
