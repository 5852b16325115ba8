import { isLeft } from 'fp-ts/Either';
import { strict as assert } from 'node:assert';
import type { MandateEvent } from '../../event';
import { mandateEventCodec } from '../../streams';
import { inquiries } from '../inquiries';
import { law, type Law } from './law';

/** An event after a journey through a store, over JSON. */
export const storedAndRead = (event: MandateEvent): MandateEvent => {
  const stored: unknown = JSON.parse(JSON.stringify(mandateEventCodec.encode(event)));
  const decoded = mandateEventCodec.decode(stored as ReturnType<typeof mandateEventCodec.encode>);
  if (isLeft(decoded)) assert.fail(`${event.type} cannot be read back`);
  return decoded.right;
};

/** Law 27: storing and reading, with every change of schema on the way, keeps decisions. */
export const storingKeepsDecisions = (read: (event: MandateEvent) => MandateEvent): Law =>
  law(
    27,
    'an event that was stored and read back, whatever its schema version, decides as before',
    inquiries(),
    (decide, { history, questions }) => {
      const reread = history.map(({ recordedAt, event }) => ({ recordedAt, event: read(event) }));
      for (const question of questions) {
        assert.deepEqual(decide(reread, question), decide(history, question));
      }
    },
  );
