import type { ContractId } from '@mandate/domain';
import {
  amended,
  chosen,
  concluded,
  dataSetId,
  day,
  entrusted,
  ids,
  lastDay,
  noticed,
  noticeWithdrawn,
  registered,
  terminated,
} from './events';
import {
  acknowledged,
  deleted,
  erased,
  keysDestroyed,
  lifted,
  ordered,
  processed,
  retained,
  wholeDeletionOf,
} from './events-of-the-end';
import { done, reached, told, type Input } from './scenario';

const contractId = ids.contract as string as ContractId;
const soon = day('2026-04-02', '2026-04-01T22:00:00.000Z');
const later = day('2026-08-01', '2026-07-31T22:00:00.000Z');

/** What a process is usually told. */
export const usual: readonly Input[] = [
  told(concluded()),
  told(entrusted(1)),
  told(entrusted(2)),
  told(noticed()),
  reached('end-of-service', lastDay.at),
  told(terminated),
  done({ step: 'freeze', contractId }),
  ...wholeDeletionOf(1).map((event) => told(event)),
  ...wholeDeletionOf(2).map((event) => told(event)),
  done({ step: 'destroy-contract-key', contractId }),
];

/** What it can be told beside that. */
export const unusual: readonly Input[] = [
  ...[entrusted(3, ['recipient-database']), ordered(3), keysDestroyed(3), deleted(3)].map((event) =>
    told(event),
  ),
  told(erased(3, 'recipient-database')),
  ...[registered(1, 'export-folder'), erased(1, 'export-folder')].map((event) => told(event)),
  ...[chosen('return-then-delete'), acknowledged(1), acknowledged(2)].map((event) => told(event)),
  ...[retained(1, 1, soon), retained(2, 2, later), lifted(1, 1), lifted(2, 2)].map((event) => told(event)),
  reached(`retention-end-${dataSetId(1)}`, soon.at),
  reached(`retention-end-${dataSetId(2)}`, later.at),
  ...[noticeWithdrawn, amended('2026-02-01T00:00:00.000Z', 7)].map((event) => told(event)),
  told(processed(1, 'handed-over', 5)),
];

/** One thing that goes wrong on the way of the inputs. */
export type Disturbance =
  | { readonly kind: 'drop' | 'repeat'; readonly at: number }
  | { readonly kind: 'move'; readonly at: number; readonly to: number }
  | { readonly kind: 'insert'; readonly input: Input; readonly to: number };

/** The inputs after that. */
export const disturbed = (inputs: readonly Input[], change: Disturbance): readonly Input[] => {
  if (change.kind === 'insert') return inputs.toSpliced(change.to % (inputs.length + 1), 0, change.input);
  const at = change.at % Math.max(inputs.length, 1);
  const [input] = inputs.slice(at, at + 1);
  if (input === undefined) return inputs;
  switch (change.kind) {
    case 'drop':
      return inputs.toSpliced(at, 1);
    case 'repeat':
      return inputs.toSpliced(at, 0, input);
    case 'move':
      return inputs.toSpliced(at, 1).toSpliced(change.to % inputs.length, 0, input);
  }
};
