import {
  certificateDigest,
  historyDigest,
  verifyCertificate,
  type SignedCertificate,
} from '@mandate/deletion';
import type { RecordedEvent } from '@mandate/event-sourcing';
import { createPublicKey } from 'node:crypto';
import { complaintsWhere } from './complaints';
import type { Seen } from './seen';
import { lawInForce, setWith, type World } from './world';

type Certified = SignedCertificate['contents']['dataSets'][number];

/** Whether the store itself has said so, with this receipt, in answer to an order for this data set. */
const isAcknowledged = (
  world: World,
  { dataSetId }: Certified,
  store: Certified['stores'][number],
): boolean =>
  world.stores.answers.some(
    ({ order, outcome, isBelievable }) =>
      isBelievable &&
      order.dataSetId === dataSetId &&
      order.store === store.name &&
      outcome.outcome === 'erased' &&
      JSON.stringify(Object.entries(outcome.receipt).toSorted()) ===
        JSON.stringify(Object.entries(store.receipt).toSorted()),
  );

const complaintsAboutSet = async (world: World, certified: Certified): Promise<readonly string[]> => {
  const { dataSetId, keys, recipients, stores } = certified;
  const set = setWith(world, dataSetId);
  if (set === undefined) return ['a certificate names a data set that was never entrusted'];
  const path = [set.contractId, set.dataSetId] as const;
  const names = new Set<string>(stores.map(({ name }) => name));
  return [
    ...(stores.every((store) => isAcknowledged(world, certified, store))
      ? []
      : ['a certificate names a store that has not acknowledged, or not so']),
    ...([...set.stores].every((store) => names.has(store)) ? [] : ['a certificate leaves out a store']),
    ...((await world.keys.held(path)) === 0 && world.keys.destroyed(path) === keys.destroyed
      ? []
      : ['a certificate counts other keys than were destroyed']),
    ...(recipients === set.recipients.length
      ? []
      : ['a certificate counts other recipients than were entrusted']),
    ...(lawInForce(set, world.time.clock()) ? ['a certificate covers what a law requires to be kept'] : []),
  ];
};

/** What is wrong with a certificate at the moment at which it is issued. */
export const complaintsWhenIssued = async (
  world: World,
  { contents }: SignedCertificate,
): Promise<readonly string[]> => {
  const engagement = [...world.engagements.values()].find(
    ({ contractId }) => contractId === contents.contractId,
  );
  if (engagement === undefined) return ['a certificate for no contract'];
  const ofSets = await Promise.all(
    contents.dataSets.map((certified) => complaintsAboutSet(world, certified)),
  );
  const isReturned = contents.dataSets.every(
    ({ dataSetId }) => engagement.choice === 'delete' || setWith(world, dataSetId)?.isAcknowledged === true,
  );
  return [
    ...ofSets.flat(),
    ...(isReturned ? [] : ['a certificate for what was not returned']),
    ...((await world.keys.held([engagement.contractId])) === 0
      ? []
      : ['a certificate with keys of the contract left']),
  ];
};

/** The events of a contract, but for the record that the process keeps of itself. */
const historyOf = (events: readonly RecordedEvent[], contractId: string): readonly RecordedEvent[] =>
  events.filter(
    ({ stream, type, data }) =>
      !stream.startsWith('deletion-') && type !== 'ContractClosed' && data['contractId'] === contractId,
  );

const isOver = (events: readonly RecordedEvent[], { history }: SignedCertificate['contents']): boolean =>
  historyDigest(events).digest === history.digest;

const complaintsAboutOne = (
  certificate: SignedCertificate,
  events: readonly RecordedEvent[],
  publicKey: string,
): readonly string[] => {
  const { contents } = certificate;
  const covered = historyOf(events, contents.contractId).slice(0, contents.history.events);
  const changed = covered.map((event, index) =>
    index === 0 ? { ...event, data: { ...event.data, contractId: 'x' } } : event,
  );
  return complaintsWhere({
    'a certificate is not genuine': verifyCertificate(certificate, publicKey).verdict !== 'genuine',
    'a certificate is over another history': !isOver(covered, contents),
    'a changed history goes unseen': isOver(changed, contents),
  });
};

/** What is wrong with all certificates, once everything is over. */
export const complaintsAboutCertificates = (world: World, { events }: Seen): readonly string[] => {
  const publicKey = createPublicKey(world.signingKey).export({ type: 'spki', format: 'pem' }).toString();
  const digests = world.issued.map(({ contents }): unknown => certificateDigest(contents));
  const closed = events.filter(({ type }) => type === 'ContractClosed');
  return [
    ...world.issued.flatMap((certificate) => complaintsAboutOne(certificate, events, publicKey)),
    ...complaintsWhere({
      'a contract was closed by a certificate that was never issued': closed.some(
        ({ data }) => !digests.includes(data['certificateDigest']),
      ),
    }),
  ];
};
