import {
  derivedUuid,
  instantOf,
  epochMillisecondsOf,
  type Instant,
  type Uuid,
} from '@mandate/event-sourcing';
import type { Processor } from '@mandate/processor';
import type { LoggedSend } from '../reading/send-log';
import { clauseOf, type Allowed } from './clause-of';
import { optionsFor } from './given-commands';

type Recorded = Parameters<Processor['dataSets']['recordProcessing']>[0];
type Shape = Omit<Recorded, 'interval' | 'batchId' | 'operations'>;

/** Sends of one shape, and when the first and the last of them took place. */
interface Batch {
  readonly shape: Shape;
  readonly operations: number;
  readonly from: Instant;
  readonly to: Instant;
}

const outcomeOf = ({ result }: LoggedSend): Recorded['outcome'] =>
  result === 'failed' ? 'failed' : 'handed-over';

/** Everything in which the sends of one batch are alike. */
const shapeOf = (send: LoggedSend, allowed: Allowed): Shape | undefined => {
  const { request } = send;
  const basis = clauseOf(allowed);
  if (request.operation !== 'process' || basis === undefined) return undefined;
  const { contractId, dataSetId, channel, country } = request;
  const { instructionId, version: instructionVersion, clause } = basis;
  // A purpose of the processor's own is never allowed; the type does not know.
  const purpose = request.purpose as Shape['purpose'];
  const rest = { purpose, channel, country, outcome: outcomeOf(send) };
  return { contractId, dataSetId, instructionId, instructionVersion, clause, ...rest };
};

/** The sends of one day, by the clause they rested on, where they went and what became of them (Art. 30(2)). */
export class ProcessingBatches {
  readonly #batches = new Map<string, Batch>();

  add(send: LoggedSend, allowed: Allowed): void {
    const shape = shapeOf(send, allowed);
    if (shape === undefined) return;
    const { at } = send;
    const key = Object.values(shape).join(' ');
    const earlier = this.#batches.get(key) ?? { shape, operations: 0, from: at, to: at };
    this.#batches.set(key, {
      shape,
      operations: earlier.operations + 1,
      from: at < earlier.from ? at : earlier.from,
      to: at < earlier.to ? earlier.to : at,
    });
  }

  /** Puts the day on record. The same day again, after a crash, is the same batches. */
  async record(day: string, { dataSets, waitFor }: Pick<Processor, 'dataSets' | 'waitFor'>): Promise<number> {
    const batches = [...this.#batches.entries()];
    this.#batches.clear();
    for (const [key, { shape, operations, from, to }] of batches) {
      const batchId = derivedUuid(`${day} ${key}`, shape.dataSetId as Uuid);
      const interval = { from, until: instantOf(epochMillisecondsOf(to) + 1) };
      const options = optionsFor(`batch ${batchId}`, 'platform');
      const result = await dataSets.recordProcessing({ ...shape, batchId, interval, operations }, options);
      if (result.outcome !== 'accepted') throw new Error(`A batch was not recorded: ${result.sentence}`);
      await waitFor(result.position);
    }
    return batches.length;
  }
}
