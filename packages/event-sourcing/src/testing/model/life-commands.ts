import fc, { type Arbitrary } from 'fast-check';
import { refusesWith } from '../conformance/refusal';
import { stream, type Through } from './choices';
import { happens } from './happens';
import { commandOf, type StoreCommand } from './store-command';

/** Erases a stream where the store can, and is refused where it cannot. */
export const erase = (through: Through): Arbitrary<StoreCommand> =>
  fc.tuple(stream, through).map(([name, handle]) =>
    commandOf({
      title: `erase ${name}`,
      through: handle,
      // Whether a name that was never used is closed by erasing it, the port leaves open.
      isPossible: (history) =>
        !history.capabilities.eraseStream || history.isErased(name) || history.versionOf(name) > 0,
      run: async ({ history, store }) => {
        if (!history.capabilities.eraseStream) {
          await refusesWith(store.eraseStream(name), 'not-supported');
          return;
        }
        await happens('erase', store.eraseStream(name));
        history.erase(name);
      },
    }),
  );

export const restart = (through: Through): Arbitrary<StoreCommand> =>
  through.map((handle) =>
    commandOf({
      title: 'close and open again',
      through: handle,
      run: ({ stores }) => stores.restart(handle),
    }),
  );

export const crash = (through: Through): Arbitrary<StoreCommand> =>
  through.map((handle) =>
    commandOf({ title: 'crash and open again', through: handle, run: ({ stores }) => stores.crash(handle) }),
  );
