import { textOf, tracesIn } from './canaries';
import { readLog } from './seen';
import type { World } from './world';

/** Where there is an address that should be nowhere but in the stores and, encrypted, beside the vault. */
export const placesOfCanaries = async (world: World): Promise<readonly string[]> => {
  const places = {
    'the log': textOf(await readLog(world)),
    'the record of erasures': textOf(await readLog({ eventStore: world.ledgerStore })),
    'a certificate': textOf(world.issued),
    'an answer, an error or an overview': world.said.join('\n'),
  };
  return Object.entries(places).flatMap(([place, text]) =>
    tracesIn(text).length > 0 ? [`an address is in ${place}`] : [],
  );
};
