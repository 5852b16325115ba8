import type { RecordedEvent } from '../../event-store/event-store';
import { wholeStream } from '../conformance/events';
import { complaintsOnRecord } from '../order-promises';
import { orderIdOf } from '../order-scene';
import { poisonousNote } from './order-book';
import type { World } from './simulated-process';

const isPoison = ({ type, data }: RecordedEvent): boolean =>
  type === 'OrderNoted' && data['note'] === poisonousNote;

/** What is wrong with a projection that has read everything: nothing, if it applied each event once, in order. */
const complaintsAboutBook = async (
  { projectionStore }: World,
  sales: readonly RecordedEvent[],
  orderId: string,
): Promise<readonly string[]> => {
  const own = sales.filter(({ data }) => data['orderId'] === orderId);
  const poison = own.find(isPoison);
  const found = await projectionStore.read('order-book', { partition: orderId, key: 'applied' });
  if (poison !== undefined) {
    const isParkedThere = found.state === 'parked' && found.parked.position === poison.position;
    return isParkedThere ? [] : [`a partition that does not wait at its poison event, but is ${found.state}`];
  }
  const applied = found.state === 'found' ? found.document['applied'] : [];
  return JSON.stringify(applied) === JSON.stringify(own.map(({ eventId }) => eventId))
    ? []
    : ['a projection that did not apply each event once, in order'];
};

const complaintsAboutAppends = (
  { acknowledged }: World,
  sales: readonly RecordedEvent[],
): readonly string[] => {
  const recorded = sales.map(({ eventId }): string => eventId);
  const complaints: string[] = [];
  if (!acknowledged.every((eventId) => recorded.includes(eventId)))
    complaints.push('an acknowledged append that is not there');
  if (new Set(recorded).size !== recorded.length) complaints.push('an event that is there twice');
  return complaints;
};

/** What is wrong with a world that has come to rest. Nothing: no event lost or applied twice, no effect forgotten. */
export const complaintsAbout = async (world: World): Promise<readonly string[]> => {
  const sales = await wholeStream(world.scene.store, 'sales');
  const books = await Promise.all(
    [1, 2].map((number) => complaintsAboutBook(world, sales, orderIdOf(number))),
  );
  return [
    ...complaintsAboutAppends(world, sales),
    ...books.flat(),
    // Two runners may both act on one effect, under its one id; none ever acts on what is not on record.
    ...world.scene.complaints.filter((complaint) => complaint.includes('without an intent')),
    ...(await complaintsOnRecord(world.scene)),
  ];
};
