import type { ErasureOrder } from '@mandate/deletion';
import { instantOf, type Clock, type Uuid } from '@mandate/event-sourcing';

const contractId = 'c0000000-0000-4000-8000-000000000001' as string as ErasureOrder['contractId'];
const dataSetId = 'da7a5e70-0000-4000-8000-000000000001' as string as ErasureOrder['dataSetId'];
const store = 'mailing-database' as string as ErasureOrder['store'];

/** The order with a number: one key for each. */
export const nthOrder = (number: number): ErasureOrder => ({
  contractId,
  dataSetId,
  store,
  idempotencyKey: `0de40000-0000-4000-8000-${String(number).padStart(12, '0')}` as Uuid,
});

/** A clock that moves by a second whenever it is asked. */
export const tickingClock = (): Clock => {
  let milliseconds = Date.parse('2026-03-31T06:00:00.000Z');
  return () => instantOf((milliseconds += 1000));
};
