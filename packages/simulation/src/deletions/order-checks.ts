import type { ErasureOrder } from '@mandate/deletion';
import { complaintsWhere } from './complaints';
import { hasEnded, isOwedBack, lawInForce, type World } from './world';

/** What is wrong with an order at the moment at which a store is given it. */
export const complaintsAboutOrder = async (world: World, order: ErasureOrder): Promise<readonly string[]> => {
  const { contractId, dataSetId } = order;
  const engagement = [...world.engagements.values()].find((one) => one.contractId === contractId);
  const set = [...(engagement?.sets.values() ?? [])].find((one) => one.dataSetId === dataSetId);
  if (engagement === undefined || set === undefined)
    return ['a store was asked for what was never entrusted'];
  const path = [contractId, dataSetId] as const;
  const now = world.time.clock();
  return complaintsWhere({
    'a store was asked while the keys were still there':
      world.keys.destroyed(path) === undefined || (await world.keys.held(path)) > 0,
    'a store was asked to erase what a law requires to be kept': lawInForce(set, now),
    'a store was asked to erase what was not returned': isOwedBack(engagement, set),
    'a store was asked before the contract had ended': !hasEnded(engagement, now),
  });
};
